import { fill, publishText } from '@shigang/shared';
import type { PreviewSample } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Markdown } from '../../../../widgets/markdown.tsx';
import { TierChip } from '../../../../widgets/tier-chip.tsx';

/** One real card per tier and kind of step, word for word as it will go out. */
export function Samples({ samples }: { samples: readonly PreviewSample[] }): ReactNode {
  return (
    <section className="panel samples" aria-labelledby="samples">
      <header>
        <h2 id="samples">{publishText['publish.samples']}</h2>
        <small>{publishText['publish.samplesHint']}</small>
      </header>
      {samples.length === 0 ? <p>{publishText['publish.samplesNone']}</p> : null}
      <ul>
        {samples.map((sample) => (
          <li key={sample.name + sample.markdown}>
            <p>
              <TierChip tier={sample.tier} />
              <small>{fill(publishText['publish.sampleOf'], { name: sample.name })}</small>
            </p>
            <article className="sample">
              <h3>{sample.title}</h3>
              <Markdown text={sample.markdown} />
              <footer>{sample.button}</footer>
            </article>
          </li>
        ))}
      </ul>
    </section>
  );
}
