/**
 * What the excerpt of the CRM example (examples/crm/sales_pipeline.sample.csv) gives for 2017Q4, computed by the oracle;
 * the whole data set's figures are in examples/crm/README.md.
 */
type Line = readonly [userid: string, score: string, coverage: string, tier: string];

// prettier-ignore
const LINES: readonly Line[] = [
  ['zane.levy', '94.05', '100.00', 'transition'],
  ['vicki.laflamme', '93.04', '100.00', 'transition'],
  ['boris.faz', '88.62', '100.00', 'train'],
  ['maureen.marcano', '84.87', '100.00', 'transition'],
  ['elease.gluck', '82.50', '100.00', 'transition'],
  ['kary.hendrixson', '80.00', '100.00', 'transition'],
  ['corliss.cosme', '79.68', '100.00', 'train'],
  ['gladys.colclough', '77.52', '100.00', 'train'],
  ['cassey.cress', '77.46', '100.00', 'train'],
  ['rosalina.dieter', '76.97', '100.00', 'train'],
  ['reed.clapper', '74.01', '100.00', 'train'],
  ['james.ascencio', '72.97', '100.00', 'train'],
  ['daniell.hammack', '71.50', '68.00', 'insufficient_data'],
  ['kami.bicknell', '70.56', '100.00', 'train'],
  ['wilburn.farren', '70.47', '68.00', 'insufficient_data'],
  ['moses.frase', '69.57', '100.00', 'train'],
  ['hayden.neloms', '68.29', '100.00', 'train'],
  ['cecily.lampkin', '68.26', '100.00', 'train'],
  ['darcel.schlecht', '62.17', '100.00', 'train'],
  ['violet.mclelland', '61.25', '52.00', 'insufficient_data'],
  ['niesha.huffines', '57.20', '100.00', 'reassign'],
  ['marty.freudenburg', '56.54', '100.00', 'reassign'],
  ['donn.cantrell', '54.43', '100.00', 'reassign'],
  ['rosie.papadopoulos', '50.00', '52.00', 'insufficient_data'],
  ['markita.hansen', '42.36', '100.00', 'reassign'],
  ['versie.hillebrand', '35.39', '100.00', 'reassign'],
  ['anna.snelling', '28.39', '100.00', 'reassign'],
  ['jonathan.berthelot', '20.80', '52.00', 'insufficient_data'],
  ['lajuana.vencill', '0.00', '52.00', 'insufficient_data'],
  ['mei-mei.johns', '0.00', '20.00', 'insufficient_data'],
  ['garret.kinder', '0.00', '40.00', 'insufficient_data'],
  ['elizabeth.anderson', '0.00', '20.00', 'insufficient_data'],
  ['natalya.ivanova', '0.00', '20.00', 'insufficient_data'],
  ['carol.thompson', '0.00', '20.00', 'insufficient_data'],
  ['carl.lin', '0.00', '20.00', 'insufficient_data'],
];

export const EXPECTED_CRM = {
  period: '2017Q4',
  rows: 439,
  /** Ids of the deals with the warning `segment_mismatch`; there is no other warning and no refused row. */
  segmentMismatch: ['L8CHRJ2B', 'AV4ZPXE3', 'OBFCOV33'],
  statuses: { won: 230, lost: 109, open: 100 },
  counts: { transition: 5, train: 12, reassign: 6, insufficient_data: 12 },
  people: LINES.map(([userid, score, coverage, tier]) => ({ userid, score, coverage, tier })),
} as const;
