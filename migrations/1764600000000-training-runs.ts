import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "training_run_fact" ("run_id" uuid NOT NULL, "kind" text NOT NULL, "name" text NOT NULL, "value" text NOT NULL, CONSTRAINT "PK_5f262c2cab7fef92b1e01236d4b" PRIMARY KEY ("run_id", "kind", "name"));
CREATE TABLE "training_run_outcome" ("run_id" uuid NOT NULL, "image_id" uuid NOT NULL, "part" text NOT NULL, "correct" double precision NOT NULL, "predicted" text, CONSTRAINT "PK_fed3f2d761c1e42822dfbf687eb" PRIMARY KEY ("run_id", "image_id"));
CREATE TABLE "training_run_withdrawal" ("run_id" uuid NOT NULL, "reason" text NOT NULL, "principal_id" text NOT NULL, "withdrawn_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_d00b830c638a382d3945ced9b3d" PRIMARY KEY ("run_id"));
ALTER TABLE "training_run" ADD "report_key" text;
ALTER TABLE "training_run" ADD "content" text;
ALTER TABLE "training_run" ADD "started_at" TIMESTAMP WITH TIME ZONE;
ALTER TABLE "training_run" ADD "duration_seconds" double precision;
ALTER TABLE "training_run" ADD "energy_kilowatt_hours" double precision;
ALTER TABLE "training_run" ADD "energy_method" text;
ALTER TABLE "training_run" ADD "train_images" integer;
ALTER TABLE "training_run" ADD "test_images" integer;
ALTER TABLE "training_run_metric" ADD "images" integer;
CREATE UNIQUE INDEX "IDX_8885b99e4d8047b656c3c9ab32" ON "training_run" ("dataset_id", "report_key");
CREATE INDEX "IDX_592b2330949c554dbd95ddf7e2" ON "training_run" ("dataset_id", "row_id");
`;

const SEALED = ['training_run_fact', 'training_run_outcome', 'training_run_withdrawal'];

/** All that a training run tells of itself, how each image came out, and that a run was a mistake: written once. */
export class TrainingRuns1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of SEALED) {
      await runner.query(
        `CREATE TRIGGER refused BEFORE UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION holotype_refuse()`,
      );
      await runner.query(
        `CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse()`,
      );
    }
  }

  /** Forward only: what was reported stays. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
