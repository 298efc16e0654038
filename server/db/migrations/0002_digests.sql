CREATE TABLE "hall"."scope_digest" (
	"hall_id" text NOT NULL,
	"scope" text NOT NULL,
	"n" bigint NOT NULL,
	"x" bigint NOT NULL,
	CONSTRAINT "scope_digest_hall_id_scope_pk" PRIMARY KEY("hall_id","scope")
);
--> statement-breakpoint
ALTER TABLE "hall"."hall_clock" ADD COLUMN "horizon" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "scope_index_hall_id_pos_index" ON "hall"."scope_index" USING btree ("hall_id","pos") WHERE op = 'leave';