import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "document_answer" ("row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "dataset_id" uuid NOT NULL, "since" integer NOT NULL, "until" integer NOT NULL DEFAULT '2147483647', "question" text NOT NULL, "text" text NOT NULL, CONSTRAINT "PK_3c0bf3c3fd4467904bf25b8bb0b" PRIMARY KEY ("row_id"));
CREATE UNIQUE INDEX "IDX_6f8b866dd009e66c176de900be" ON "document_answer"  ("dataset_id", "question") WHERE "until" = 2147483647;
CREATE TRIGGER only_close BEFORE UPDATE ON "document_answer" FOR EACH ROW EXECUTE FUNCTION holotype_only_close();
CREATE TRIGGER refused BEFORE DELETE ON "document_answer" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "document_answer" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse();
`;

/** What people write in answer to the questions of documents, by revision. */
export class Documents1765700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  /** Forward only: what was written stays. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
