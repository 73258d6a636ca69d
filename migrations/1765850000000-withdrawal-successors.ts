import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "withdrawal_successor" ("id" uuid NOT NULL, "withdrawal_id" uuid NOT NULL, "parent" text NOT NULL, "state" text NOT NULL, "proposal" uuid, "fault_code" text, "fault" text, CONSTRAINT "PK_withdrawal_successor" PRIMARY KEY ("id"));
CREATE INDEX "IDX_970aafde72914af4f3a7366e51" ON "withdrawal_successor" ("withdrawal_id");
CREATE INDEX "IDX_c0d98ccf28ec2afbf8acde0a5e" ON "withdrawal_successor" ("proposal");
`;

/** The successors of degraded snapshots that are to be proposed. */
export class WithdrawalSuccessors1765850000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: what was withdrawn stays so. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
