CREATE TABLE "hall"."guides" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "guides_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
ALTER TABLE "hall"."cases" ADD COLUMN "received_at" bigint GENERATED ALWAYS AS ((image ->> 'receivedAt')::bigint) STORED;--> statement-breakpoint
ALTER TABLE "hall"."cases" ADD COLUMN "student_name" text GENERATED ALWAYS AS (image #>> '{pii,name}') STORED;--> statement-breakpoint
ALTER TABLE "hall"."cases" ADD COLUMN "findable" text GENERATED ALWAYS AS (lower(coalesce(image #>> '{number}', '') || E'\n' || coalesce(image #>> '{ticket}', '') || E'\n' || coalesce(image #>> '{began,number}', '') || E'\n' || coalesce(image #>> '{itemName}', '') || E'\n' || coalesce(image #>> '{pii,studentNo}', '') || E'\n' || coalesce(image #>> '{pii,name}', ''))) STORED;--> statement-breakpoint
CREATE INDEX "cases_hall_id_received_at_id_index" ON "hall"."cases" USING btree ("hall_id","received_at","id");--> statement-breakpoint
CREATE INDEX "cases_hall_id_student_name_index" ON "hall"."cases" USING btree ("hall_id","student_name");
--> statement-breakpoint
insert into hall.agg_kind (kind, tbl) values ('guide', 'hall.guides');
