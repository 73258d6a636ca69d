import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who the subjects of an identity provider are here. */
export class Identities1765100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE "principal_identity" (
  "issuer" text NOT NULL,
  "subject" text NOT NULL,
  "principal_id" uuid NOT NULL,
  "tied_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "PK_principal_identity" PRIMARY KEY ("issuer", "subject")
);
CREATE INDEX "IDX_859e1f2c3065899859fbd6bd9a" ON "principal_identity" ("principal_id");
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "principal_identity"');
  }
}
