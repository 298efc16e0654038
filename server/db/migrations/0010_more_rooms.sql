CREATE TABLE "hall"."assistants" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "assistants_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."concentrated_services" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "concentrated_services_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."contacts" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "contacts_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."day_closes" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "day_closes_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."meetings" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "meetings_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."offices" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "offices_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."people" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "people_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."slots" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "slots_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."staff_changes" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "staff_changes_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."window_changes" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "window_changes_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."window_turns" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "window_turns_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
insert into hall.agg_kind (kind, tbl) values
  ('assistant', 'hall.assistants'),
  ('concentratedService', 'hall.concentrated_services'),
  ('contact', 'hall.contacts'),
  ('dayClose', 'hall.day_closes'),
  ('meeting', 'hall.meetings'),
  ('office', 'hall.offices'),
  ('person', 'hall.people'),
  ('slot', 'hall.slots'),
  ('staffChange', 'hall.staff_changes'),
  ('windowChange', 'hall.window_changes'),
  ('windowTurn', 'hall.window_turns');
