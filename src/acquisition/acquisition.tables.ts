import { Column, Entity, Index } from 'typeorm';
import { Governed, OPEN } from '../catalogue/governed.tables.ts';

/** How an image was captured. One row an image and interval of revisions; every image has one from its registration. */
@Entity('acquisition')
@Index(['dataset_id', 'image_id', 'since'], { unique: true })
export class AcquisitionRow extends Governed {
  @Column('uuid') image_id: string;
  /** The unit's name; the image's own id where the unit is unknown. */
  @Column('text') unit: string;
  @Column('boolean') unit_known: boolean;
  @Column('smallint') bucket: number;
  /** ISO 8601 as recorded: without a zone where the source gave none. */
  @Column('text', { nullable: true }) captured_at: string | null;
  @Column('text', { nullable: true }) site: string | null;
  @Column('text', { nullable: true }) device: string | null;
  @Column('text', { nullable: true }) operator: string | null;
  @Column('text', { nullable: true }) session: string | null;
  @Column('text', { nullable: true }) subject: string | null;
  @Column('text', { nullable: true }) protocol: string | null;
  @Column('text', { nullable: true }) stage: string | null;
  @Column('text', { nullable: true }) view: string | null;
  @Column('text', { nullable: true }) distance: string | null;
  @Column('text', { nullable: true }) angle: string | null;
  @Column('text', { nullable: true }) magnification: string | null;
  @Column('text', { nullable: true }) pixel_size: string | null;
  @Column('text', { nullable: true }) illumination: string | null;
  @Column('text', { nullable: true }) weather: string | null;
  /** Declared factors: name → value. */
  @Column('jsonb') declared: Record<string, string>;
  /** Position, serial numbers, owner, maker notes: read with the right to restricted metadata alone. */
  @Column('jsonb') restricted: Record<string, string>;
  /** Field name → where its value came from. */
  @Column('jsonb') sources: Record<string, string>;
}

@Entity('declared_factor')
@Index(['dataset_id', 'name'], { unique: true, where: OPEN })
export class DeclaredFactorRow extends Governed {
  @Column('text') name: string;
  @Column('text') kind: string;
  @Column('text', { nullable: true }) unit: string | null;
}
