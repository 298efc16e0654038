CREATE TABLE "hall"."outcomes" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "outcomes_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE INDEX "cases_twins_index" ON "hall"."cases" USING btree ("hall_id",(image #>> '{pii,studentNo}'),(image ->> 'itemCode'));
--> statement-breakpoint
insert into hall.agg_kind (kind, tbl) values ('outcome', 'hall.outcomes');
