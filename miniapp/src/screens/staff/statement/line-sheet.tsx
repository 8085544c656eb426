import { componentNames, fill, fullDayName, money, recordNames, staffText } from '@shigang/shared';
import type { StatementLine } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Sheet } from '../../../staff/sheet.tsx';
import { factorsOf, lineTitle, readingsOf } from './line-words.ts';

interface LineSheetProps {
  line: StatementLine;
  closeHref: string;
  onClose: () => void;
}

/** A line opened: its formula with the numbers, the record it comes from, the day, the plan version. */
export function LineSheet({ line, closeHref, onClose }: LineSheetProps): ReactNode {
  const name = componentNames[line.kind].name;
  const { plan, source } = line;
  const title = lineTitle(line);
  return (
    <Sheet title={name} note={title} closeHref={closeHref} onClose={onClose}>
      <Formula line={line} />
      <dl className="facts n">
        <Fact name={staffText['line.formula']} value={line.formula} hint={null} />
        <Fact
          name={staffText['line.source']}
          value={source.kind === 'period' ? recordNames.period : `${recordNames[source.kind]} ${source.id}`}
          hint={source.label === title && source.kind !== 'period' ? null : source.label}
        />
        <Fact
          name={staffText['line.anchor']}
          value={fullDayName(line.anchorOn)}
          hint={staffText['line.anchorHint']}
        />
        <Fact
          name={staffText['line.plan']}
          value={fill(staffText['line.planName'], { name: plan.name, version: plan.version })}
          hint={fill(staffText['line.planFrom'], { day: fullDayName(plan.validFrom) })}
        />
      </dl>
    </Sheet>
  );
}

function Formula({ line }: { line: StatementLine }): ReactNode {
  const factors = factorsOf(line);
  const readings = readingsOf(line);
  return (
    <div className="formula n">
      {factors.map(({ sign, value, label }) => (
        <div key={label}>
          {sign === '' ? null : <i aria-hidden="true">{sign}</i>}
          <span>
            <b>{value}</b>
            <small>{label}</small>
          </span>
        </div>
      ))}
      {readings.length === 0 ? null : (
        <ul>
          {readings.map(({ metric, weight, text }) => (
            <li key={metric}>
              <span>{text}</span>
              <small>{weight}</small>
            </li>
          ))}
        </ul>
      )}
      <p>
        <span>{staffText['line.result']}</span>
        <b>{money(line.amountFen)}</b>
      </p>
    </div>
  );
}

function Fact({ name, value, hint }: { name: string; value: string; hint: string | null }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span>{value}</span>
        {hint ? <small>{hint}</small> : null}
      </dd>
    </div>
  );
}
