import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { DatasetObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { PageArgs, toConnection } from '../governance/connection.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { toGlobalId } from '../kernel/global-id.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { type ManifestRow, readManifestPage } from './read-manifest-page.usecase.ts';
import { listSnapshots, readSnapshot } from './read-snapshots.usecase.ts';
import { readSigningKeys } from './signing-keys.usecase.ts';
import {
  attestationsLoader,
  inclusionProofLoader,
  snapshotFilesLoader,
  tagsLoader,
} from './snapshots.loaders.ts';
import {
  InclusionProofObject,
  ManifestLineConnection,
  type ManifestLineObject,
  SigningKeyObject,
  SnapshotConnection,
  SnapshotFileObject,
  SnapshotObject,
} from './snapshots.schema.ts';

@Resolver(() => DatasetObject)
export class DatasetSnapshotsResolver {
  @FieldResolver(() => SnapshotConnection, { description: 'Its snapshots, newest first.' })
  async snapshots(@Ctx() context: Context, @Root() dataset: Dataset, @Args(() => PageArgs) page: PageArgs) {
    return toConnection(await listSnapshots(context, dataset, page));
  }
}

@Resolver(() => SnapshotObject)
export class SnapshotResolver {
  @Query(() => SnapshotObject, {
    description: 'The snapshot of this digest; a name is never taken in its place.',
  })
  @Guard('snapshot.fetch')
  snapshot(
    @Ctx() context: Context,
    @Arg('digest', () => String, { description: 'sha256:… and 64 hexadecimal digits.' }) digest: string,
  ) {
    return readSnapshot(context, digest);
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable.' })
  id(@Root() snapshot: SnapshotObject) {
    return toGlobalId('Snapshot', snapshot.digest);
  }

  @FieldResolver(() => [String], { description: 'Names that resolve to it.' })
  tags(@Ctx() context: Context, @Root() snapshot: SnapshotObject) {
    return perRequest(context, tagsLoader).load(snapshot.digest);
  }

  @FieldResolver(() => [SnapshotFileObject], { description: 'Its shards.' })
  files(@Ctx() context: Context, @Root() snapshot: SnapshotObject) {
    return perRequest(context, snapshotFilesLoader).load(snapshot.digest);
  }

  @FieldResolver(() => InclusionProofObject, { description: 'The proof that an image is in it.' })
  inclusionProof(
    @Ctx() context: Context,
    @Root() snapshot: SnapshotObject,
    @Arg('image', () => ID, { description: 'Its id in the manifest, 32 hexadecimal characters.' })
    image: string,
  ) {
    return perRequest(context, inclusionProofLoader).load({ snapshot, image });
  }

  @FieldResolver(() => [String], {
    description:
      'Signed statements about it, each a DSSE envelope as JSON, as GET /snapshots/{digest}/attestations serves them.',
  })
  attestations(@Ctx() context: Context, @Root() snapshot: SnapshotObject) {
    return perRequest(context, attestationsLoader).load(snapshot);
  }

  @Query(() => [SigningKeyObject], {
    description: 'Every key by which this instance has signed, the oldest first; GET /keys without a token.',
  })
  @Guard('authenticated')
  signingKeys(@Ctx() context: Context) {
    return readSigningKeys(context);
  }

  @FieldResolver(() => ManifestLineConnection, {
    description: 'Lines of its manifest, in order, by pages; whoever wants them all fetches the shards.',
  })
  async manifest(
    @Ctx() context: Context,
    @Root() snapshot: SnapshotObject,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    const { nodes, edges, pageInfo } = toConnection(await readManifestPage(context, snapshot, page));
    return {
      nodes: nodes.map(toManifestLine),
      edges: edges.map(({ cursor, node }) => ({ cursor, node: toManifestLine(node) })),
      pageInfo,
    };
  }
}

function toManifestLine({ index, line, record }: ManifestRow): ManifestLineObject {
  if ('leaf' in record) {
    const unknown = { image: null, path: null, sha256: null, size: null, mediaType: null, hasBytes: null };
    return { index, line, ...unknown, parts: [], withdrawn: record.withdrawn };
  }
  const { id, path, sha256, size, media, pixels, parts } = record;
  return {
    ...{ index, line, image: id, path, sha256, size, mediaType: media, hasBytes: pixels === 'bytes' },
    parts: Object.entries(parts).map(([split, part]) => ({ split, part })),
    withdrawn: null,
  };
}
