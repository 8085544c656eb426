import { fen } from '../money/units.ts';
import { contradictsAmount, segmentByAmount, segmentOf, type SegmentedDeal } from './segment.ts';

const bounds = { mediumFromFen: fen(500_000), largeFromFen: fen(1_000_000) };
const deal = (overrides: Partial<SegmentedDeal>): SegmentedDeal => ({
  status: 'won',
  amountFen: fen(300_000),
  statedSegment: null,
  ...overrides,
});

test.each([
  [0, 'small'],
  [499_999, 'small'],
  [500_000, 'medium'],
  [999_999, 'medium'],
  [1_000_000, 'large'],
  [15_000_000, 'large'],
])('%i fen is %s by amount', (amount, segment) => expect(segmentByAmount(fen(amount), bounds)).toBe(segment));

test.each([
  ['the stated segment is believed', deal({ statedSegment: 'large' }), 'large'],
  ['the amount decides without one', deal({}), 'small'],
  ['a lost deal of amount 0 has none', deal({ status: 'lost', amountFen: fen(0) }), null],
  ['unless it states one', deal({ status: 'lost', amountFen: fen(0), statedSegment: 'medium' }), 'medium'],
  ['a won deal of amount 0 is small', deal({ amountFen: fen(0) }), 'small'],
  ['an open deal without amount has none', deal({ status: 'open', amountFen: null }), null],
  [
    'an open deal without amount may state one',
    deal({ status: 'open', amountFen: null, statedSegment: 'large' }),
    'large',
  ],
] as const)('%s', (_, given, segment) => expect(segmentOf(given, bounds)).toBe(segment));

test.each([
  ['stated as the rule says', deal({ statedSegment: 'small' }), false],
  ['stated against the rule', deal({ statedSegment: 'large' }), true],
  ['nothing stated', deal({}), false],
  ['no amount to compare', deal({ status: 'open', amountFen: null, statedSegment: 'large' }), false],
  ['amount 0 says nothing', deal({ status: 'lost', amountFen: fen(0), statedSegment: 'large' }), false],
] as const)('contradiction: %s', (_, given, contradicts) =>
  expect(contradictsAmount(given, bounds)).toBe(contradicts),
);
