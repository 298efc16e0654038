CREATE SCHEMA "hall";
--> statement-breakpoint
CREATE TABLE "hall"."account" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"login" text NOT NULL,
	"display_name" text NOT NULL,
	"kind" text NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_hall_id_id_pk" PRIMARY KEY("hall_id","id"),
	CONSTRAINT "account_login_unique" UNIQUE("login")
);
--> statement-breakpoint
CREATE TABLE "hall"."agg_kind" (
	"kind" text PRIMARY KEY NOT NULL,
	"tbl" "regclass" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hall"."attempt" (
	"key" text PRIMARY KEY NOT NULL,
	"hall_id" text,
	"count" integer NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"blocked_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "hall"."calendars" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "calendars_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."cases" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS (image->>'state') STORED,
	"window_id" text GENERATED ALWAYS AS (image->>'windowId') STORED,
	"number" text GENERATED ALWAYS AS (image->>'number') STORED,
	CONSTRAINT "cases_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."command_log" (
	"hall_id" text NOT NULL,
	"pos" bigint NOT NULL,
	"cmd_id" uuid NOT NULL,
	"stream_id" text NOT NULL,
	"branch" smallint NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"agg_id" text NOT NULL,
	"type" text NOT NULL,
	"actor_id" text,
	"role" text,
	"window_id" text,
	"carrier_id" text,
	"online" boolean NOT NULL,
	"wall" bigint,
	"lo" bigint,
	"hi" bigint,
	"received_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"code" text,
	"detail" jsonb,
	"ver" integer NOT NULL,
	"envelope" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"sig" text NOT NULL,
	"verdict" text NOT NULL,
	"pii" jsonb,
	"link" "bytea" NOT NULL,
	CONSTRAINT "command_log_hall_id_pos_pk" PRIMARY KEY("hall_id","pos"),
	CONSTRAINT "command_log_cmdId_unique" UNIQUE("cmd_id"),
	CONSTRAINT "command_log_streamId_branch_seq_unique" UNIQUE("stream_id","branch","seq")
);
--> statement-breakpoint
CREATE TABLE "hall"."device" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"window_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"token_hash" text NOT NULL,
	"public_key" jsonb,
	"enrolled_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"last_seen_at" timestamp (3) with time zone,
	"app" text,
	"pending" integer,
	"clock_off_ms" integer,
	"clock_err_ms" integer,
	CONSTRAINT "device_hall_id_id_pk" PRIMARY KEY("hall_id","id"),
	CONSTRAINT "device_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "hall"."enrol_code" (
	"hall_id" text NOT NULL,
	"code_hash" text PRIMARY KEY NOT NULL,
	"window_id" text,
	"made_by" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "hall"."hall_clock" (
	"hall_id" text PRIMARY KEY NOT NULL,
	"epoch" uuid NOT NULL,
	"pos" bigint NOT NULL,
	"head" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hall"."handovers" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	"window_id" text GENERATED ALWAYS AS (image->>'windowId') STORED,
	CONSTRAINT "handovers_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."items" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	"code" text GENERATED ALWAYS AS (image->>'code') STORED,
	"version" text GENERATED ALWAYS AS (image->>'version') STORED,
	CONSTRAINT "items_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."lane" (
	"hall_id" text NOT NULL,
	"code" text NOT NULL,
	"device_id" text NOT NULL,
	"stream_id" text,
	CONSTRAINT "lane_hall_id_code_pk" PRIMARY KEY("hall_id","code")
);
--> statement-breakpoint
CREATE TABLE "hall"."offline_grant" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"device_id" text NOT NULL,
	"actor_id" text NOT NULL,
	"display_name" text NOT NULL,
	"roles" jsonb NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"public_key" jsonb NOT NULL,
	"issued_text" text NOT NULL,
	"issued_sig" text NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "offline_grant_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."posts" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	"person_id" text GENERATED ALWAYS AS (image->>'personId') STORED,
	"window_id" text GENERATED ALWAYS AS (image->>'windowId') STORED,
	CONSTRAINT "posts_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."profiles" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"ver" integer NOT NULL,
	"image" jsonb NOT NULL,
	CONSTRAINT "profiles_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."scope_index" (
	"hall_id" text NOT NULL,
	"scope" text NOT NULL,
	"agg_id" text NOT NULL,
	"kind" text NOT NULL,
	"pos" bigint NOT NULL,
	"ver" integer NOT NULL,
	"op" text NOT NULL,
	CONSTRAINT "scope_index_hall_id_scope_agg_id_kind_pk" PRIMARY KEY("hall_id","scope","agg_id","kind"),
	CONSTRAINT "scope_index_hallId_scope_pos_aggId_unique" UNIQUE("hall_id","scope","pos","agg_id")
);
--> statement-breakpoint
CREATE TABLE "hall"."server_key" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"private_jwk" jsonb NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "server_key_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
--> statement-breakpoint
CREATE TABLE "hall"."session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"hall_id" text NOT NULL,
	"account_id" text NOT NULL,
	"device_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hall"."sync_stream" (
	"stream_id" text NOT NULL,
	"branch" smallint NOT NULL,
	"hall_id" text NOT NULL,
	"device_id" text NOT NULL,
	"lane" text,
	"last_seq" integer NOT NULL,
	"chain" "bytea" NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "sync_stream_stream_id_branch_pk" PRIMARY KEY("stream_id","branch")
);
--> statement-breakpoint
CREATE INDEX "cases_hall_id_window_id_state_index" ON "hall"."cases" USING btree ("hall_id","window_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_hall_id_number_index" ON "hall"."cases" USING btree ("hall_id","number");--> statement-breakpoint
CREATE INDEX "command_log_hall_id_kind_agg_id_pos_index" ON "hall"."command_log" USING btree ("hall_id","kind","agg_id","pos");--> statement-breakpoint
CREATE INDEX "command_log_hall_id_outcome_pos_index" ON "hall"."command_log" USING btree ("hall_id","outcome","pos");--> statement-breakpoint
CREATE INDEX "enrol_code_hall_id_expires_at_index" ON "hall"."enrol_code" USING btree ("hall_id","expires_at");--> statement-breakpoint
CREATE INDEX "handovers_hall_id_window_id_index" ON "hall"."handovers" USING btree ("hall_id","window_id");--> statement-breakpoint
CREATE INDEX "items_hall_id_code_index" ON "hall"."items" USING btree ("hall_id","code");--> statement-breakpoint
CREATE INDEX "lane_hall_id_device_id_index" ON "hall"."lane" USING btree ("hall_id","device_id");--> statement-breakpoint
CREATE INDEX "offline_grant_hall_id_device_id_actor_id_index" ON "hall"."offline_grant" USING btree ("hall_id","device_id","actor_id");--> statement-breakpoint
CREATE INDEX "offline_grant_hall_id_actor_id_index" ON "hall"."offline_grant" USING btree ("hall_id","actor_id");--> statement-breakpoint
CREATE INDEX "posts_hall_id_person_id_index" ON "hall"."posts" USING btree ("hall_id","person_id");--> statement-breakpoint
CREATE INDEX "posts_hall_id_window_id_index" ON "hall"."posts" USING btree ("hall_id","window_id");--> statement-breakpoint
CREATE INDEX "session_hall_id_account_id_index" ON "hall"."session" USING btree ("hall_id","account_id");--> statement-breakpoint
CREATE INDEX "session_expires_at_index" ON "hall"."session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sync_stream_hall_id_device_id_index" ON "hall"."sync_stream" USING btree ("hall_id","device_id");