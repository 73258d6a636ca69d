import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "rendering" (
  "id" text NOT NULL,
  "snapshot" text NOT NULL,
  "view" integer NOT NULL,
  "format" text NOT NULL,
  "version" integer NOT NULL,
  "consensus" text,
  "annotator" text,
  "origin" text,
  "state" text NOT NULL,
  "done" integer NOT NULL,
  "total" integer NOT NULL,
  "fault_code" text,
  "fault" text,
  "losses" text,
  "ordered_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "made_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "PK_7dba28784ce8c21e1ffade0ad30" PRIMARY KEY ("id")
);
CREATE INDEX "IDX_0cfe412ad8bee0820821570181" ON "rendering" ("snapshot", "format");
CREATE TABLE "rendering_file" (
  "rendering" text NOT NULL,
  "path" text NOT NULL,
  "digest" text NOT NULL,
  "size" bigint NOT NULL,
  "media_type" text NOT NULL,
  CONSTRAINT "PK_285d9589f757e1e610f2de52e37" PRIMARY KEY ("rendering", "path")
);
`;

/** The forms in which snapshots are handed out: made once for each request, their bytes in the blob store. */
export class Renderings1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "rendering_file"');
    await runner.query('DROP TABLE "rendering"');
  }
}
