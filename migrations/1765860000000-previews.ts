import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "preview" ("source" text NOT NULL, "size" text NOT NULL, "recipe" smallint NOT NULL, "digest" text NOT NULL, "low" double precision, "high" double precision, CONSTRAINT "PK_64f579476a93047eacbae1f12fe" PRIMARY KEY ("source", "size", "recipe"));
CREATE INDEX "preview_digest" ON "preview"  ("digest");
`;

/** Pictures for the screen, by the bytes that they were made of. */
export class Previews1765860000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "preview"');
  }
}
