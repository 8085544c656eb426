import { dayName, developmentText, fill } from '@shigang/shared';
import type { DevelopmentTraining, TrainingCourse } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../widgets/icon.tsx';

/** Courses of the weakest dimensions, each with its day. */
export function TrainingCard({
  training,
  nowAt,
}: {
  training: DevelopmentTraining;
  nowAt: string;
}): ReactNode {
  return (
    <section className="card" aria-labelledby="training">
      <h2 id="training" className="small-title">
        {developmentText['training.title']}
      </h2>
      <ul className="courses n">
        {training.courses.map((course) => (
          <li key={course.name + course.dueOn}>
            <span className={course.passedOn === null ? 'badge course' : 'badge'}>
              <Icon name={course.passedOn === null ? 'train' : 'check'} />
            </span>
            <div>
              <h3>{course.name}</h3>
              <p>{noteOf(course, nowAt)}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const noteOf = ({ dimensionName, dueOn, passedOn }: TrainingCourse, nowAt: string): string =>
  fill(developmentText[passedOn === null ? 'training.due' : 'training.passed'], {
    dimension: dimensionName,
    day: dayName(passedOn ?? dueOn, nowAt),
  });
