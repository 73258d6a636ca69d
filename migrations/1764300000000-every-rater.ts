import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "round_assignment" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "round" text NOT NULL,
  "image_id" uuid NOT NULL,
  "annotator" text NOT NULL,
  CONSTRAINT "PK_5cafc0e4f1c5a80d587eed74991" PRIMARY KEY ("row_id")
);
CREATE INDEX "IDX_114e656d0a416d53af4683b88f" ON "round_assignment" ("dataset_id", "image_id");
CREATE UNIQUE INDEX "IDX_ebee8304dd2d21280fd0604229" ON "round_assignment" ("dataset_id", "round", "annotator", "image_id") WHERE "until" = 2147483647;
CREATE TABLE "annotator_account" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "pseudonym" text NOT NULL,
  "principal_id" uuid NOT NULL,
  CONSTRAINT "PK_585db79e0172469fe0a25313207" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_a3138b80250285ed16b24b93a4" ON "annotator_account" ("dataset_id", "principal_id");
CREATE UNIQUE INDEX "IDX_9b59331a57959d3fc60066278a" ON "annotator_account" ("dataset_id", "pseudonym");
CREATE TABLE "consensus" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "id" text NOT NULL,
  "dataset_id" uuid NOT NULL,
  "revision" integer NOT NULL,
  "name" text NOT NULL,
  "method" text NOT NULL,
  "request" text NOT NULL,
  "input_digest" text NOT NULL,
  "digest" text NOT NULL,
  "item_count" integer NOT NULL,
  "result" text NOT NULL,
  "made_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "UQ_73c08b6916f67bf03803058e361" UNIQUE ("id"),
  CONSTRAINT "PK_39f34d027f26c118def41f16b00" PRIMARY KEY ("row_id")
);
CREATE INDEX "IDX_8766e5df556443dfacbb648c47" ON "consensus" ("dataset_id", "row_id");
CREATE TABLE "consensus_item" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "consensus" text NOT NULL,
  "image_id" uuid NOT NULL,
  "document" text NOT NULL,
  CONSTRAINT "PK_d3588cf3cab5c66fa8b5c106cb4" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_97575d9399794e5928fe3af298" ON "consensus_item" ("consensus", "image_id");
CREATE TABLE "consensus_order" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "dataset_id" uuid NOT NULL,
  "consensus" text NOT NULL,
  "request" text NOT NULL,
  "state" text NOT NULL,
  "done" integer NOT NULL,
  "total" integer NOT NULL,
  "fault" text,
  "requested_by" text NOT NULL,
  "requested_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "finished_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "PK_5cfae854034acffdc73aa5a5f9b" PRIMARY KEY ("id")
);
ALTER TABLE "annotation_round" ADD "purpose" text NOT NULL DEFAULT 'LABELLING';
ALTER TABLE "annotation" ADD "pass" smallint NOT NULL DEFAULT '1';
ALTER TABLE "annotation" ADD "votes" integer NOT NULL DEFAULT '1';
ALTER TABLE "annotation" ADD "corrects" uuid;
`;

/** Governed as in the first house: a row may only cease to hold. */
const GOVERNED = ['round_assignment'];

/** Written once, for good. */
const SEALED = ['consensus', 'consensus_item'];

/** Looks, votes and corrections of annotators, who labels what in a round, and what rules make of it. */
export class EveryRater1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of GOVERNED) {
      await runner.query(
        `CREATE TRIGGER only_close BEFORE UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION holotype_only_close()`,
      );
      await refuse(runner, table, 'DELETE');
    }
    for (const table of SEALED) {
      await refuse(runner, table, 'UPDATE OR DELETE');
    }
  }

  /** Forward only: the record is append-only, and so is its shape. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

async function refuse(runner: QueryRunner, table: string, operation: string): Promise<void> {
  await runner.query(
    `CREATE TRIGGER refused BEFORE ${operation} ON "${table}" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
     CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse()`,
  );
}
