ALTER TABLE "hall"."device" ADD COLUMN "oldest_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "hall"."device" ADD COLUMN "is_weak" boolean;--> statement-breakpoint
ALTER TABLE "hall"."device" ADD COLUMN "lost" integer;--> statement-breakpoint
ALTER TABLE "hall"."device" ADD COLUMN "reported_at" timestamp (3) with time zone;