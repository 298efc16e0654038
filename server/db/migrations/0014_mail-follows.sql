CREATE TABLE "hall"."mail_follow" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"email" text NOT NULL,
	"codes" jsonb NOT NULL,
	"told" jsonb NOT NULL,
	"since" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"trying_until" timestamp (3) with time zone,
	CONSTRAINT "mail_follow_hall_id_id_pk" PRIMARY KEY("hall_id","id"),
	CONSTRAINT "mail_follow_hallId_email_unique" UNIQUE("hall_id","email")
);
