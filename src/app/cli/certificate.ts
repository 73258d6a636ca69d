import { readCertificate, readSnapshotCertificate } from '../client/read-certificate.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { terminalProgress } from './terminal-progress.ts';

interface CertificateOptions extends AccessOptions {
  readonly split?: string;
  readonly format: 'md' | 'html' | 'json';
}

/** Prints the certificate of a snapshot, or of a frozen split, byte for byte as the server has it, so that its digest can be checked. */
export async function certificate(reference: string, options: CertificateOptions): Promise<void> {
  const format = options.json ? 'json' : options.format;
  if (options.split === undefined) {
    process.stdout.write(await readSnapshotCertificate(await accessOf(options), reference, format));
    return;
  }
  const wish = { reference, split: options.split, format };
  process.stdout.write(await readCertificate(await accessOf(options), wish, terminalProgress()));
}
