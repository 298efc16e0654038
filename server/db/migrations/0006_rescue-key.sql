CREATE TABLE "hall"."rescue_key" (
	"hall_id" text NOT NULL,
	"id" text NOT NULL,
	"private_jwk" jsonb NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rescue_key_hall_id_id_pk" PRIMARY KEY("hall_id","id")
);
