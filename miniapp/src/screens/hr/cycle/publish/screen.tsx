import './publish.css';
import { decideText, fill, isPublic, publishText } from '@shigang/shared';
import type { CycleAnswer, PublishPreview } from '@shigang/shared/answers';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deskClient } from '../../../../api/desk-client.ts';
import { Icon } from '../../../../widgets/icon.tsx';
import { Steps } from '../steps.tsx';
import { DeskProblem } from '../../../../desk/problem.tsx';
import { useCycle } from '../../../../desk/use-cycle.ts';
import { useTitle } from '../../../../desk/use-title.ts';
import { Obstacles } from './obstacles.tsx';
import { Outcome } from './outcome.tsx';
import { PublishBar } from './publish-bar.tsx';
import { Quota } from './quota.tsx';
import { Recipients } from './recipients.tsx';
import { Samples } from './samples.tsx';
import { TierTable } from './tier-table.tsx';

/** Exactly what publication would send to whom, and the one button that does it; afterwards how far it is. */
export function PublishScreen({ cycleId }: { cycleId: string }): ReactNode {
  const cycle = useCycle(cycleId);
  const title = publishText[cycle.data && isPublic(cycle.data.state) ? 'publish.result' : 'publish.title'];
  useTitle(title);
  if (cycle.error) return <DeskProblem error={cycle.error} onRetry={() => void cycle.refetch()} />;
  if (!cycle.data) return <span className="panel sk preview-sk" />;
  return (
    <>
      <div className="heading">
        <h1>{title}</h1>
        <Steps cycle={cycle.data} />
        <a className="plain" href={`/desk/cycles/${encodeURIComponent(cycleId)}`}>
          <Icon name="left" size="x" />
          <span>{isPublic(cycle.data.state) ? decideText['cycle.board'] : publishText['publish.back']}</span>
        </a>
      </div>
      {isPublic(cycle.data.state) ? <Outcome cycle={cycle.data} /> : <Preview cycle={cycle.data} />}
    </>
  );
}

function Preview({ cycle }: { cycle: CycleAnswer }): ReactNode {
  const preview = useQuery({
    queryKey: ['preview', cycle.cycleId],
    queryFn: ({ signal }) => deskClient.preview(cycle.cycleId, signal),
  });
  if (preview.error) return <DeskProblem error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <span className="panel sk preview-sk" />;
  return <Previewed preview={preview.data} cycle={cycle} />;
}

function Previewed({ preview, cycle }: { preview: PublishPreview; cycle: CycleAnswer }): ReactNode {
  return (
    <>
      <div className="preview">
        <section className="panel" aria-labelledby="who">
          <header>
            <h2 id="who">{publishText['publish.who']}</h2>
            <small className="n">{fill(publishText['publish.whoHint'], { people: preview.people })}</small>
          </header>
          <TierTable preview={preview} nowAt={cycle.nowAt} />
        </section>
        <Obstacles preview={preview} />
        <Samples samples={preview.samples} />
        <Quota preview={preview} />
        <Recipients preview={preview} />
      </div>
      <PublishBar preview={preview} />
    </>
  );
}
