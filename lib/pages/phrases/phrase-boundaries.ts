import { phraseModel } from './phrase-model.ts';

/**
 * Where phrases of Japanese text begin, by the model of BudouX and its rule: a phrase begins before a letter where the weights of the
 * letters around it, alone, in pairs and in threes, come to more than half of all weights.
 *
 * BudouX's own parser would come with a reader of HTML of 200 modules, which takes longer to load than a whole site takes to
 * render; and it asks the model thirteen times for each letter, where this asks three times.
 *
 * @returns indices into the text, ascending, in UTF-16 units as the model counts
 */
export function phraseBoundaries(text: string): number[] {
  const { length } = text;
  const scores = new Int32Array(length + 1);
  for (let index = 0; index < length; index += 1) {
    const one = text.charCodeAt(index);
    add(scores, length, index, single.get(one), 3);
    if (index + 1 === length) break;
    const two = one * unit + text.charCodeAt(index + 1);
    add(scores, length, index, pairs.get(two), 2);
    if (index + 2 < length) add(scores, length, index, triples.get(two * unit + text.charCodeAt(index + 2)), 3);
  }
  const boundaries: number[] = [];
  for (let index = 1; index < length; index += 1) if ((scores[index] ?? 0) > threshold) boundaries.push(index);
  return boundaries;
}

/** @param first how far after its first letter a boundary lies that the first weight speaks of */
function add(scores: Int32Array, length: number, index: number, weights: Weights | undefined, first: number): void {
  if (weights === undefined) return;
  for (let place = 0; place < weights.length; place += 1) {
    const boundary = index + first - place;
    if (boundary > 0 && boundary < length) scores[boundary] = (scores[boundary] ?? 0) + (weights[place] ?? 0);
  }
}

/** A letter's, or some letters', weight for a boundary: the first for one far behind it, the last for one far ahead. */
type Weights = number[];

const unit = 0x10000;

/** @param features from the one that looks furthest back to the one that looks furthest ahead */
function table(features: readonly string[]): Map<number, Weights> {
  const weights = new Map<number, Weights>();
  for (const [place, feature] of features.entries()) {
    const model = phraseModel[feature] ?? {};
    for (const letters in model) {
      let key = 0;
      for (let index = 0; index < letters.length; index += 1) key = key * unit + letters.charCodeAt(index);
      let known = weights.get(key);
      if (known === undefined) {
        known = features.map(() => 0);
        weights.set(key, known);
      }
      known[place] = model[letters] ?? 0;
    }
  }
  return weights;
}

const single = table(['UW1', 'UW2', 'UW3', 'UW4', 'UW5', 'UW6']);
const pairs = table(['BW1', 'BW2', 'BW3']);
const triples = table(['TW1', 'TW2', 'TW3', 'TW4']);

const threshold =
  Object.values(phraseModel).reduce((sum, feature) => sum + Object.values(feature).reduce((a, b) => a + b, 0), 0) / 2;
