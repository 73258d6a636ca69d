import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInside, openWebhookSender } from '../../src/platform/webhook-sender.ts';
import { deliverDue } from '../../src/stewardship/consumers/deliver-webhooks.usecase.ts';
import { RETRY_SECONDS } from '../../src/stewardship/consumers/webhook.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

describe('a webhook', () => {
  let house: House;
  let receiver: Server;
  let url: string;
  let digest: string;
  let status: number;
  let received: { signature: string; body: string }[];

  beforeAll(async () => {
    received = [];
    status = 500;
    receiver = createServer(async (request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      received.push({
        signature: String(request.headers['holotype-signature']),
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/told`;
    house = await openHouse({ HOLOTYPE_WEBHOOKS_PRIVATE: 'true' });
    await newDataset(house, 'plants');
    await addImages(house, 'plants', {
      'a.png': await noiseImage(1),
      'b.png': await noiseImage(2),
      'c.png': await noiseImage(3),
    });
    digest = await publish(house, 'plants');
  });
  afterAll(async () => {
    receiver?.close();
    await house?.stop();
  });

  const withdrawn = async (name: string, dataset = 'plants'): Promise<string> => {
    const { id } = await succeed(
      house,
      'withdrawImages',
      { dataset, images: [name], reason: 'LICENCE' },
      '... on Withdrawal { id }',
    );
    for (;;) {
      const { withdrawal } = await house.ask('query ($id: ID!) { withdrawal(id: $id) { completedAt } }', {
        id,
      });
      if (withdrawal.completedAt) return id;
    }
  };
  const deliveries = async (token?: string): Promise<Answer[]> =>
    (
      await house.ask(
        '{ viewer { webhooks { nodes { id url endedAt deliveries { withdrawalId state attempts lastStatus } } } } }',
        {},
        token,
      )
    ).viewer.webhooks.nodes;
  /** As if its time had come. */
  const comeDue = () =>
    house.services.db.query(
      `UPDATE webhook_delivery SET next_at = now() - interval '1 second' WHERE state = 'WAITING'`,
    );

  it('is told of a withdrawal with a signature, tried again until it takes it, and shows how it went', async () => {
    const { secret } = await succeed(
      house,
      'subscribeToWithdrawals',
      { dataset: 'plants', url },
      '... on SubscribedWebhook { secret webhook { id } }',
    );
    const id = await withdrawn('a.png');
    await deliverDue(house.services);
    expect((await deliveries())[0].deliveries).toEqual([
      { withdrawalId: id, state: 'WAITING', attempts: 1, lastStatus: 500 },
    ]);
    await deliverDue(house.services);
    expect(received).toHaveLength(1);
    status = 204;
    await comeDue();
    await deliverDue(house.services);
    expect((await deliveries())[0].deliveries).toEqual([
      { withdrawalId: id, state: 'DELIVERED', attempts: 2, lastStatus: 204 },
    ]);
    for (const { signature, body } of received) {
      const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature)!;
      expect(mac).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
      expect(JSON.parse(body)).toEqual({
        at: expect.any(String),
        dataset: 'plants',
        event: 'withdrawalAdded',
        reason: 'LICENCE',
        snapshots: [digest],
        withdrawal: id,
      });
    }
  });

  it('is given up after its last try, and follows no redirect', async () => {
    status = 302;
    const id = await withdrawn('b.png');
    for (let attempt = 0; attempt <= RETRY_SECONDS.length; attempt++) {
      await comeDue();
      await deliverDue(house.services);
    }
    const [{ deliveries: all }] = await deliveries();
    expect(all.find(({ withdrawalId }: Answer) => withdrawalId === id)).toMatchObject({
      state: 'GIVEN_UP',
      attempts: RETRY_SECONDS.length + 1,
      lastStatus: 302,
    });
  });

  it('ends when its owner says so, and is nobody else’s to see or end', async () => {
    const [{ id }] = await deliveries();
    const other = await house.tokenOf('READER', 'plants');
    expect(await deliveries(other)).toEqual([]);
    const end =
      'mutation ($id: ID!) { endWebhook(id: $id) { __typename ... on Webhook { endedAt } ... on Problem { code } } }';
    const { body } = await house.send(end, { id }, other);
    expect(body.data?.endWebhook?.code ?? body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await house.ask(end, { id })).endWebhook.endedAt).not.toBeNull();
    const before = received.length;
    await withdrawn('c.png');
    await deliverDue(house.services);
    expect(received).toHaveLength(before);
  });

  it('tells who may fetch no more what to delete of its copy, and who has none nothing', async () => {
    status = 204;
    const name = 'garden';
    await newDataset(house, name);
    await addImages(house, name, { 'a.png': await noiseImage(1), 'b.png': await noiseImage(2) });
    const first = await publish(house, name);
    await addImages(house, name, { 'c.png': await noiseImage(3) });
    await publish(house, name);
    const readers = await Promise.all([0, 1].map(() => house.tokenOf('READER', name)));
    const [copier, other] = readers as [string, string];
    for (const token of readers)
      await mutate(
        house,
        'subscribeToWithdrawals',
        { dataset: name, url },
        '... on SubscribedWebhook { secret }',
        token,
      );
    expect((await house.fetch(`/snapshots/${first}/manifest-00000.jsonl`, { token: copier })).status).toBe(
      200,
    );
    const [{ id: image }] = await house.services.db.query(
      `SELECT replace(i.image_id::text, '-', '') AS id FROM image i JOIN dataset d ON d.id = i.dataset_id WHERE d.slug = $1 AND i.name = 'a.png'`,
      [name],
    );
    for (const token of readers) {
      const { viewer } = await house.ask('{ viewer { name } }', {}, token);
      const role = { principal: viewer.name, role: 'READER', dataset: name };
      await house.ask('mutation ($input: RoleInput!) { revokeRole(input: $input) { __typename } }', {
        input: role,
      });
    }
    const before = received.length;
    await withdrawn('a.png', name);
    await expect
      .poll(async () => {
        await deliverDue(house.services);
        return (await deliveries(copier))[0].deliveries[0]?.state;
      })
      .toBe('DELIVERED');
    expect(received.slice(before).map(({ body }) => JSON.parse(body))).toEqual([
      {
        at: expect.any(String),
        dataset: name,
        event: 'withdrawalAdded',
        images: [image],
        snapshots: [first],
      },
    ]);
    expect((await deliveries(other))[0].deliveries).toMatchObject([{ state: 'GIVEN_UP', lastStatus: null }]);
  });

  it('is refused of a dataset that one may not fetch', async () => {
    const { body } = await house.send(
      'mutation ($input: SubscribeToWithdrawalsInput!) { subscribeToWithdrawals(input: $input) { __typename ... on Problem { code } } }',
      { input: { dataset: 'plants', url } },
      await house.tokenOf(null),
    );
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('shows its secret once, and to nobody after', async () => {
    const introspected = await house.ask('{ __type(name: "Webhook") { fields { name } } }');
    expect(introspected.__type.fields.map(({ name }: Answer) => name)).not.toContain('secret');
    expect(
      await mutate(house, 'subscribeToWithdrawals', { dataset: 'plants', url: 'no address' }),
    ).toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('a server that tells others', () => {
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'no address',
  ];
  it.each(inside)('holds %s for an address inside', (address) => {
    expect(isInside(address)).toBe(true);
  });
  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
    'holds %s for one outside',
    (address) => {
      expect(isInside(address)).toBe(false);
    },
  );

  it.each([
    'http://example.org/',
    'ftp://example.org/',
    'https://user:password@example.org/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'example.org',
  ])('asks nothing of %s', async (address) => {
    const sender = openWebhookSender({
      allowInside: false,
      resolve: () => Promise.reject(new Error('it was looked up')),
    });
    await expect(sender.post(address, '{}', {})).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('asks nothing of a name that leads inside, by one of its addresses', async () => {
    const sender = openWebhookSender({
      allowInside: false,
      resolve: async () => [
        { address: '93.184.216.34', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    });
    await expect(sender.post('https://rebinding.example/', '{}', {})).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
