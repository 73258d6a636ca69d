import { dictionary, useWords } from '../../language.tsx';
import { Command } from '../../parts/command.tsx';
import type { SnapshotData } from './snapshot-query.ts';

const WORDS = dictionary(
  {
    title: 'Fetch and verify it',
    token:
      'Each of these reads your token from HOLOTYPE_TOKEN; write the digest into your code, never the tag.',
    pull: 'Pull it; every byte is proved',
    verify: 'Verify what was pulled, and ask what was withdrawn since',
    header: 'Its header alone, whose SHA-256 is the digest',
    python: 'Prove in Python that the server serves this digest',
  },
  {
    title: 'Le récupérer et le vérifier',
    token:
      'Chacune de ces commandes lit votre jeton dans HOLOTYPE_TOKEN ; écrivez l’empreinte dans votre code, jamais l’étiquette.',
    pull: 'Le récupérer ; chaque octet est prouvé',
    verify: 'Vérifier ce qui a été récupéré, et demander ce qui a été retiré depuis',
    header: 'Son en-tête seul, dont le SHA-256 est l’empreinte',
    python: 'Prouver en Python que le serveur sert cette empreinte',
  },
);

export function FetchCommands({
  snapshot: { digest },
  dataset,
}: {
  snapshot: SnapshotData;
  dataset: string;
}) {
  const words = useWords(WORDS);
  const server = location.origin;
  const address = `${server}/snapshots/${digest}`;
  const python = [
    'import hashlib, os, urllib.request as web',
    `ask = web.Request("${address}", headers={"Authorization": "Bearer " + os.environ["HOLOTYPE_TOKEN"]})`,
    `assert "sha256:" + hashlib.sha256(web.urlopen(ask).read()).hexdigest() == "${digest}"`,
  ].join('; ');
  return (
    <>
      <h2>{words.title}</h2>
      <p>{words.token}</p>
      <Command
        title={words.pull}
        text={`npx holotype pull ${dataset}@${digest} ./${dataset} --server ${server}`}
      />
      <Command title={words.verify} text={`npx holotype verify ./${dataset} ${digest} --withdrawals`} />
      <Command
        title={words.header}
        text={`curl -sf -H "Authorization: Bearer $HOLOTYPE_TOKEN" ${address} | sha256sum`}
      />
      <Command title={words.python} text={`python3 -c '${python}'`} />
    </>
  );
}
