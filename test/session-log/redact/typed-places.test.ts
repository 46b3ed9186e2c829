import { describe, expect, test } from 'vitest';
import { answerText, exchangeLine } from '../support/lines.ts';
import { bodyAfter, redacted, TOKEN } from './support.ts';

describe('typed places', () => {
  test('what names the driver goes from a token, all else stays byte for byte', () => {
    const before = answerText(TOKEN);
    const after = bodyAfter(before, 'tokens.get');
    const read = JSON.parse(after).data as typeof TOKEN;
    expect(Buffer.byteLength(after)).toBe(Buffer.byteLength(before));
    expect(read).toEqual({
      ...TOKEN,
      uid: expect.stringMatching(/^\d\d[A-F]\d[A-F]\d[A-F]\d[A-F]\d[A-F]\d[A-F]\d$/),
      contract_id: expect.stringMatching(/^NL-ACM-C\d{8}-[A-Z]$/),
      visual_number: expect.stringMatching(/^[A-Z]{2}\d{3}-\d{4}-\d{4}-\d$/),
      group_id: expect.stringMatching(/^[A-Z]{5}-\d{4}-[A-Z]$/),
      energy_contract: { supplier_name: 'Green Power', contract_id: expect.stringMatching(/^[A-Z]{2}-\d{5}-\d{2}$/) },
    });
    for (const field of ['uid', 'contract_id', 'visual_number', 'group_id'] as const) {
      expect(read[field]).not.toBe(TOKEN[field]);
    }
  });

  test('the uid of an EVSE stays, that of a token inside of a location goes', () => {
    const location = {
      id: 'LOC1',
      publish: false,
      publish_allowed_to: [{ uid: '04FFEE11', type: 'RFID' }],
      evses: [{ uid: '3256', evse_id: 'BE*BEC*E041503001', status: 'AVAILABLE', connectors: [{ id: '1' }] }],
    };
    const read = JSON.parse(bodyAfter(answerText([location]), 'locations.list')).data[0] as typeof location;
    expect(read.evses).toEqual(location.evses);
    expect(read.publish_allowed_to[0]?.uid).not.toBe('04FFEE11');
    const evse = '{"uid":"3256789","status":"CHARGING","last_updated":"2026-03-02T10:00:00Z"}';
    expect(bodyAfter(evse, 'locations.patch-evse')).toBe(evse);
  });

  test('the auth_id of 2.1.1, bookings, card receipts and invoices', () => {
    const read = JSON.parse(
      bodyAfter(
        JSON.stringify({
          auth_id: 'FA54320',
          booking_tokens: [{ uid: 'AABB1122', contract_id: 'NL-ACM-C5550001-1' }],
          access_information: [{ method: 'LICENSE_PLATE', value: 'AB-123-C' }],
          eft_data: ['CARD 4111********1111', 'AUTH 774411'],
          invoice_reference_id: 'INV-2026-1',
        }),
        'bookings.list',
      ),
    );
    expect(read).toEqual({
      auth_id: expect.stringMatching(/^[A-F]{2}\d{5}$/),
      booking_tokens: [
        { uid: expect.not.stringMatching('AABB1122'), contract_id: expect.stringMatching(/^NL-ACM-C\d{7}-\d$/) },
      ],
      access_information: [{ method: 'LICENSE_PLATE', value: expect.stringMatching(/^[A-Z]{2}-\d{3}-[A-Z]$/) }],
      eft_data: [expect.stringMatching(/^[A-Z]{4} \d{4}\*{8}\d{4}$/), expect.stringMatching(/^[A-Z]{4} \d{6}$/)],
      invoice_reference_id: expect.stringMatching(/^[A-Z]{3}-\d{4}-\d$/),
    });
  });

  test('fields that partners add are known by their names, whatever their case and depth', () => {
    const before = {
      id: 'S1',
      customer: { First_Name: 'Jörg', e_mail: 'joerg@mail.example', age: 44, status: 'ACTIVE' },
      ext: { licencePlate: 'B-XY 1234', mobile: '0171 5551234', vin: 'WVWZZZ1JZXW000001' },
      driver: ['Anna', 'Karl'],
    };
    const read = JSON.parse(bodyAfter(JSON.stringify(before)));
    expect(read.id).toBe('S1');
    expect(read.customer.status).toBe('ACTIVE');
    expect(JSON.stringify(read)).not.toMatch(/Jörg|joerg|XY 1234|5551234|WVWZZZ|Anna|Karl/i);
    expect(read.ext.licencePlate).toMatch(/^[A-Z]-[A-Z]{2} \d{4}$/);
  });

  test('numbers stay numbers', () => {
    const before = '{"cdr_token":{"uid":12345678905880},"driver":{"age":0,"height":1.85}}';
    expect(bodyAfter(before)).toMatch(
      /^\{"cdr_token":\{"uid":[1-9]\d{13}\},"driver":\{"age":0|\d,"height":\d\.\d\d\}\}$/,
    );
    expect(() => JSON.parse(bodyAfter(before))).not.toThrow();
  });

  test('token uids in URLs, in both directions and in any encoding', () => {
    const uid = '04A1B2C3D4E5F6';
    const urls = [
      ['tokens.put', `https://partner.example/ocpi/2.2.1/tokens/NL/ACM/${uid}?type=RFID`],
      ['tokens.authorize', `/ocpi/2.2.1/tokens/${uid}/authorize?type=RFID`],
      ['tokens.get-pushed', `/ocpi/2.2.1/tokens/NL/ACM/%30${uid.slice(1).toLowerCase()}`],
      ['unknown', `/other/tokens/NL/ACM/${uid}/`],
      ['sessions.list', `/ocpi/2.2.1/sessions?token_uid=${uid}&limit=5`],
    ] as const;
    for (const [operation, url] of urls) {
      const [line] = redacted([exchangeLine(1, { operation, request: { method: 'GET', url, headers: [] } })]).records;
      const after = line?.request.url ?? '';
      expect(decodeURIComponent(after).toLowerCase()).not.toContain(uid.toLowerCase());
      expect(after).toHaveLength(url.length);
      expect(after.replace(/\/(?:%..|[0-9A-F]){14}|=[0-9A-F]{14}/i, '')).toBe(
        url.replace(/\/(?:%..|[0-9A-F]){14}|=[0-9A-F]{14}/i, ''),
      );
    }
  });
});
