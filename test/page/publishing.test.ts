import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDemoHouse } from '../support/demo.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { describeInBrowser, faultsOnEveryScreen, openPageHouse, type PageHouse } from './browser.ts';

const SLUG = 'greenhouse-demo';
const PLACE = `/page/datasets/${SLUG}`;

describeInBrowser('splits, snapshots and withdrawals on the page', () => {
  let house: PageHouse;
  let digest: string;
  let proposal: string;

  beforeAll(async () => {
    house = await openPageHouse(openDemoHouse);
    const { dataset } = await house.ask(`{ dataset(slug: "${SLUG}") { snapshots { nodes { digest } } } }`);
    digest = dataset.snapshots.nodes[0].digest;
    await succeed(house, 'declarePublicationRules', {
      dataset: SLUG,
      rules: [{ kind: 'LICENCE_PRESENT' }, { kind: 'GUIDELINE_PRESENT' }, { kind: 'REVIEWED_BY_ANOTHER' }],
    });
  }, 300_000);
  afterAll(() => house?.stop());

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

  it('drafts a split, tells what freezing it means in numbers, and freezes it for a reason in writing', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(`${PLACE}/splits`);
    await button(page, 'Draft a split…');
    await page.getByText('divides the 442 kept images').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('halves');
    await button(page, 'Leave out validation');
    await page.getByLabel('Share of part 1').fill('0,50');
    await page.getByText('they must sum to 1').waitFor();
    await page.getByLabel('Share of part 2').fill('0.5');
    await page.getByText('About train 221, test 221 images').waitFor();
    await button(page, 'Draft it');
    await page.getByRole('heading', { name: 'Split halves' }).getByText('Draft').waitFor();
    const { dataset } = await house.ask(
      `{ dataset(slug: "${SLUG}") { split(name: "halves") { certificate { leaks counts { part images groups } } } } }`,
    );
    const { leaks, counts } = dataset.split.certificate;
    expect(leaks).toBe(true);
    await button(page, 'Freeze it…');
    for (const { part, images, groups } of counts)
      await page.getByText(`${part}: ${images} images of ${groups} groups`).waitFor();
    await button(page, 'Freeze 442 images in their parts');
    await page.getByLabel('Why it may be frozen').fill('Twelve plants were filed twice on purpose.');
    await button(page, 'Freeze 442 images in their parts');
    await page.getByRole('heading', { name: 'Split halves' }).getByText('Frozen').waitFor();
    await page.getByText('frozen by a written waiver').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'certificate.json' }).click();
    expect((await saved).suggestedFilename()).toBe(`${SLUG}-halves-certificate.json`);
    await context.close();
  });

  it('proposes a snapshot, naming the rules that it would not meet, and gives its proposer no say in it', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(`${PLACE}/snapshots`);
    await button(page, 'Propose a snapshot…');
    await page.getByText('would hold 442 images').waitFor();
    await page.getByText('✖ would not be met: GUIDELINE_PRESENT').waitFor();
    await page.getByText('… awaits others: REVIEWED_BY_ANOTHER').waitFor();
    await page.getByLabel('What the reviewers should know').fill('The halves, for a second opinion');
    await page.getByLabel('halves').check();
    await page.getByLabel('Tag').fill('v2');
    await page.getByLabel('Succeeds').selectOption(digest);
    await button(page, 'Propose 442 images');
    await page.getByText('Another person has to review it').waitFor({ timeout: 60_000 });
    expect(await page.getByRole('button', { name: /Approve|Reject|Waive/ }).count()).toBe(0);
    proposal = /proposals\/(.+)$/.exec(page.url())![1]!;
    expect(await mutate(house, 'reviewProposal', { proposal, verdict: 'APPROVE' })).toMatchObject({
      code: 'OWN_PROPOSAL',
    });
    await context.close();
  });

  it('lets others waive and review in writing, says why one may not, and then publishes', async () => {
    const reviewer = await house.visitor({ token: await house.tokenOf('REVIEWER', SLUG) });
    await reviewer.visit(`${PLACE}/proposals/${proposal}`);
    await button(reviewer.page, 'Waive GUIDELINE_PRESENT');
    await reviewer.page.getByLabel(/^Why, in 20/).fill('The guideline is the book on the bench.');
    await button(reviewer.page, 'Waive it for 442 images');
    await reviewer.page.getByRole('alert').getByText('FORBIDDEN').waitFor();
    await button(reviewer.page, 'Cancel');
    await button(reviewer.page, 'Approve…');
    await reviewer.page.getByLabel('Reason, in writing').fill('I read the certificate of both halves.');
    await button(reviewer.page, 'Approve 442 images');
    await reviewer.page.getByText('1 of 1 approvals are given').waitFor();
    await reviewer.context.close();

    const steward = await house.visitor({ token: await house.tokenOf('STEWARD', SLUG) });
    await steward.visit(`${PLACE}/proposals/${proposal}`);
    await button(steward.page, 'Waive GUIDELINE_PRESENT');
    await steward.page.getByLabel(/^Why, in 20/).fill('The guideline is the book on the bench.');
    await button(steward.page, 'Waive it for 442 images');
    await steward.page.getByRole('heading', { name: 'Proposal' }).getByText('Approved').waitFor();
    await steward.context.close();

    const { page, visit, context } = await house.visitor();
    await visit(`${PLACE}/proposals/${proposal}`);
    await button(page, 'Publish…');
    await page.getByText('Rules waived, with reasons that everybody will read: 1.').waitFor();
    await button(page, 'Publish 442 images');
    await page.waitForURL(/\/page\/snapshots\/sha256:/);
    await page.getByRole('heading', { name: 'Snapshot v2' }).getByText('Published').waitFor();
    await page.getByText('I read the certificate of both halves.').waitFor();
    await context.close();
  });

  it('finds a snapshot by the beginning of its digest, and proves in the browser that an image is in it', async () => {
    const { page, visit, context } = await house.visitor();
    await visit('/');
    await page.getByLabel('Snapshot by digest').fill(digest.slice(7, 23));
    await button(page, 'Open');
    await page.getByRole('heading', { name: 'Snapshot v1' }).waitFor();
    const { snapshot } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { manifest(first: 4) { nodes { image } } } }',
      { digest },
    );
    await page.getByLabel('Id of the image in the manifest').fill(snapshot.manifest.nodes[3].image);
    await button(page, 'Prove it');
    await page.getByText('Proved: it is line 4 of 442').waitFor();
    await context.close();
  });

  it('withdraws an image once its reach was told and the name typed again, and shows the snapshots degraded', async () => {
    const { dataset } = await house.ask(
      `{ dataset(slug: "${SLUG}") { images(first: 1, kept: true) { nodes { name imageId } } } }`,
    );
    const [image] = dataset.images.nodes;
    const { page, visit, context } = await house.visitor();
    await visit(`${PLACE}/withdrawals?image=${image.name}`);
    await button(page, 'See what it would reach');
    const reach = page.getByRole('status', { name: 'What it reaches' });
    await reach.waitFor();
    expect(await reach.locator('dd').allInnerTexts()).toEqual(
      expect.arrayContaining(['1', '4', expect.stringMatching(/^2\s/)]),
    );
    await page.getByLabel(/^Reason/).selectOption('LICENCE');
    await page.getByLabel(/to confirm$/).fill('greenhouse');
    await button(page, 'Destroy 1 images for good');
    const { dataset: before } = await house.ask(
      `{ dataset(slug: "${SLUG}") { withdrawals { nodes { id } } } }`,
    );
    expect(before.withdrawals.nodes).toEqual([]);
    await page.getByLabel(/to confirm$/).fill(SLUG);
    await button(page, 'Destroy 1 images for good');
    await page.getByText('nothing is left').first().waitFor({ timeout: 60_000 });
    await page.getByText('is proposed, for another to review').waitFor({ timeout: 60_000 });
    await visit(`/page/snapshots/${digest}`);
    await page.getByRole('heading', { name: 'Snapshot v1' }).getByText('Degraded').waitFor();
    await page.getByText(image.imageId).waitFor();
    await context.close();
  });

  it('is accessible by WCAG 2.2 AA in every view, light and dark, wide and narrow', async () => {
    const views = ['splits', 'splits/halves', 'snapshots', `proposals/${proposal}`, 'withdrawals'];
    const { page, visit, context } = await house.visitor();
    for (const view of [...views.map((of) => `${PLACE}/${of}`), `/page/snapshots/${digest}`]) {
      await visit(view);
      expect([view, await faultsOnEveryScreen(page)]).toEqual([view, []]);
    }
    await visit(`${PLACE}/splits`);
    await button(page, 'Draft a split…');
    expect(await faultsOnEveryScreen(page)).toEqual([]);
    await context.close();
  });
});
