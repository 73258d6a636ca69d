import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where consumers are told of withdrawals, and how often that was tried. */
export class Webhooks1765500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE "webhook" (
  "id" uuid NOT NULL,
  "dataset_id" uuid NOT NULL,
  "principal_id" uuid NOT NULL,
  "url" text NOT NULL,
  "secret" text NOT NULL,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "ended_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "PK_webhook" PRIMARY KEY ("id")
);
CREATE TABLE "webhook_delivery" (
  "webhook_id" uuid NOT NULL,
  "withdrawal_id" uuid NOT NULL,
  "state" text NOT NULL,
  "attempts" integer NOT NULL,
  "next_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "last_status" integer,
  "ended_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "PK_webhook_delivery" PRIMARY KEY ("webhook_id", "withdrawal_id")
);
CREATE INDEX "IDX_1c4985e628ffc583abc915cb7a" ON "webhook" ("principal_id");
CREATE INDEX "IDX_4d3809e006f30e1f9ce944f57c" ON "webhook" ("dataset_id");
CREATE INDEX "IDX_f1d76cb66e80578df153e6cf72" ON "webhook_delivery" ("state", "next_at");
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "webhook_delivery"');
    await runner.query('DROP TABLE "webhook"');
  }
}
