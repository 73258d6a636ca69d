import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
CREATE TABLE "job" (
  "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "queue" text NOT NULL,
  "key" text NOT NULL,
  "data" jsonb NOT NULL,
  "attempt" integer NOT NULL DEFAULT '0',
  "holder" uuid,
  "leased_until" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "UQ_155fa6beec252a574817b4cb170" UNIQUE ("queue", "key"),
  CONSTRAINT "PK_98ab1c14ff8d1cf80d18703b92f" PRIMARY KEY ("id")
);
`;

/** Jobs that wait or run (decision 0010). */
export class JobQueue1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  /** Forward only: the record is append-only, and so is its shape. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
