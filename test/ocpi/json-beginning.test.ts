import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf } from '../../core/ocpi/json-beginning.ts';

const objects = fc.array(fc.record({ id: fc.string(), more: fc.array(fc.jsonValue(), { maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 6,
});

describe('the beginning of a list that breaks off', () => {
  it('wherever it does holds the elements that are whole, and can be closed', () => {
    fc.assert(
      fc.property(objects, fc.boolean(), fc.nat(), (data, enveloped, cut) => {
        const text = JSON.stringify(enveloped ? { status_code: 1000, data } : data);
        const first = text.indexOf('[') + 1;
        // What closes the list is not there.
        const at = first + (cut % (text.lastIndexOf(']') - first + 1));
        const beginning = beginningOf(text.slice(0, at));
        expect(beginning).toBeDefined();
        const json = JSON.parse(`${beginning?.text}${beginning?.closing}`);
        const kept = enveloped ? json.data : json;
        expect(kept).toEqual(JSON.parse(JSON.stringify(data.slice(0, beginning?.elements))));
        expect(kept).toHaveLength(beginning?.elements ?? -1);
        expect(beginning?.members).toEqual(enveloped ? ['status_code', 'data'] : []);
      }),
    );
  });

  it('is none where no list breaks off: an object, a list that is whole, no JSON', () => {
    for (const text of ['{"data":{"id":"LOC', '{"data":[1,2],"status_co', '<html>', '', '"text']) {
      expect(beginningOf(text)).toBeUndefined();
    }
  });
});
