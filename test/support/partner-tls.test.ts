import { afterEach, expect, test } from 'vitest';
import type { PartnerOptions } from './partner/options.ts';
import { type Partner, startPartner } from './partner/partner.ts';

// Made for this file alone and good for nothing else: 127.0.0.1 and localhost, signed by itself, until 2126.
const cert = `-----BEGIN CERTIFICATE-----
MIIBojCCAUegAwIBAgIUQFCQTv8/COUiPc1wFNJmZdBVqqkwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMcGFydG5lci50ZXN0MCAXDTI2MTEyMjA4MjU1MFoYDzIxMjYx
MDI5MDgyNTUwWjAXMRUwEwYDVQQDDAxwYXJ0bmVyLnRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASqpGxy665kLXaClDOwNXCNrvFzv6IXcHUvj6uM5BV3uaAw
NDsABbJa8zOtYaW94AhBPQgiY1HvW+LHSmsKNQzso28wbTAdBgNVHQ4EFgQUx/Nu
Zmau0E/lo08AivF99dxWs04wHwYDVR0jBBgwFoAUx/NuZmau0E/lo08AivF99dxW
s04wDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3Qw
CgYIKoZIzj0EAwIDSQAwRgIhAK1FlIBe+5JrwBcZAooymWLBg8hGi4NdLEBMGteu
Ais1AiEAu5JVaPOO5dgrojbLpiUCV8TD0HF1HDLg9PEGEmvQwU8=
-----END CERTIFICATE-----
`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg20yFm/qT6hdQj/jI
fPya0i4p366qIlRhM8WqCt8fvoehRANCAASqpGxy665kLXaClDOwNXCNrvFzv6IX
cHUvj6uM5BV3uaAwNDsABbJa8zOtYaW94AhBPQgiY1HvW+LHSmsKNQzs
-----END PRIVATE KEY-----
`;

const running: Partner[] = [];
async function start(options: PartnerOptions): Promise<Partner> {
  const partner = await startPartner(options);
  running.push(partner);
  return partner;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(partner => partner.stop()));
});

test('two partners register with each other over HTTPS, each showing a client certificate', async () => {
  const options: PartnerOptions = {
    tls: { key, cert, clientCa: cert },
    trust: { ca: cert, clientKey: key, clientCert: cert },
  };
  const sender = await start(options);
  const receiver = await start(options);
  expect(receiver.versionsUrl).toMatch(/^https:/);
  expect(await sender.register(receiver.invite())).toEqual({ ok: true, version: '2.3.0' });
  expect(sender.received('details')).toHaveLength(1);
  expect([...sender.complaints, ...receiver.complaints]).toEqual([]);
});

test('a caller that does not trust the certificate, or shows none of its own, gets nothing through', async () => {
  const receiver = await start({ tls: { key, cert, clientCa: cert } });
  const distrusting = await start({});
  await distrusting.register(receiver.invite());
  expect(distrusting.calls[0]).toMatchObject({ failure: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const nameless = await start({ trust: { ca: cert } });
  await nameless.register(receiver.invite());
  expect(nameless.calls[0]?.failure).toBeDefined();
  expect(nameless.calls[0]?.answer).toBeUndefined();
  expect(receiver.requests).toEqual([]);
});
