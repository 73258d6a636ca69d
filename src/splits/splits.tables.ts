import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity('split')
@Unique(['dataset_id', 'name'])
export class SplitRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid') dataset_id: string;
  @Column('text') name: string;
  @Column('int') revision: number;
  @Column('text') state: string;
  /** Strategy, seed, parts, folds, keys: as canonical JSON. */
  @Column('text') request: string;
  /** The split's document, whose SHA-256 is its digest; canonical JSON. */
  @Column('text') document: string;
  @Column('text') digest: string;
  /** The proof that it does not leak, or where it does and who waived that; canonical JSON. */
  @Column('text') certificate: string;
  @Column('text', { nullable: true }) waiver: string | null;
  @Column('timestamptz') created_at: Date;
  @Column('timestamptz', { nullable: true }) frozen_at: Date | null;
}

@Entity('split_assignment')
export class SplitAssignmentRow {
  @PrimaryColumn('uuid') split_id: string;
  @PrimaryColumn('uuid') image_id: string;
  @Column('text') part: string;
}
