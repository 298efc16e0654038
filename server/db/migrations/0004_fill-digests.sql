-- Rows that stand already are counted, with the function of the migration before.
select hall.recount_digests(hall_id) from hall.hall_clock;
