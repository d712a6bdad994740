import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formats, isolated, t } from '../../../../shared/i18n/i18n.ts';
import type { RouteOutput } from '../../../../shared/ipc/routes.ts';
import type { ManagedAgent, NewAgent } from '../../../../shared/protocol/agent-admin.ts';
import { act, copyText, fetchFromMain } from '../../../state/requests.ts';
import { useSnapshot } from '../../../state/snapshot-store.ts';
import { toast } from '../../../state/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { Question } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Section } from '../section.tsx';
import { AgentForm } from './agent-form.tsx';
import { WrapUpSettings } from './wrap-up-settings.tsx';
import css from './agents.module.css';

/** What the admin is asked, or shown, above the list. */
type Asking =
  | { kind: 'token'; name: string; token: string }
  | { kind: 'invited'; name: string; link: string; code: string }
  | { kind: 'remove' | 'renew'; agent: ManagedAgent }
  | { kind: 'demote'; agent: ManagedAgent; change: NewAgent }
  | { kind: 'import'; file: RouteOutput<'agents.read'> };

/** The agents of the workspace and what they choose from, for admins; nothing for anybody else. */
export function AgentsSettings() {
  const self = useSnapshot(({ agent }) => agent?.id);
  const isAdmin = useSnapshot(({ team, agent }) =>
    team.some(({ id, role }) => id === agent?.id && role === 'admin'),
  );
  if (!isAdmin) return null;
  return (
    <>
      <Agents self={self} />
      <WrapUpSettings />
    </>
  );
}

function Agents({ self }: { self: string | undefined }) {
  const queries = useQueryClient();
  const { data, isError } = useQuery({
    queryKey: ['agents'],
    queryFn: () => fetchFromMain('agents.list', {}),
  });
  const [form, setForm] = useState<ManagedAgent | 'new'>();
  const [asking, setAsking] = useState<Asking>();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['agents'] });

  const add = async (agent: NewAgent): Promise<boolean> => {
    const added = await act('agents.add', { agent });
    if (!added) return false;
    setForm(undefined);
    setAsking({ kind: 'token', name: agent.name, token: added.token });
    refresh();
    return true;
  };
  const update = async (
    agent: ManagedAgent,
    rights: NewAgent,
    evenMyself = false,
  ): Promise<boolean> => {
    if (agent.id === self && agent.role === 'admin' && rights.role !== 'admin' && !evenMyself) {
      setAsking({ kind: 'demote', agent, change: rights });
      return false;
    }
    setAsking(undefined);
    const { id: _id, name: _name, ...change } = rights;
    const done = await act('agents.update', { agentId: agent.id, change, evenMyself });
    if (done === undefined) return false;
    setForm(undefined);
    toast('good', () => t('agents.saved', { name: agent.name }));
    refresh();
    return true;
  };
  const remove = async ({ id, name }: ManagedAgent) => {
    setAsking(undefined);
    const done = await act('agents.remove', { agentId: id, evenMyself: id === self });
    if (done === undefined) return;
    toast('good', () => t('agents.removed', { name }));
    refresh();
  };
  const renew = async ({ id, name }: ManagedAgent) => {
    setAsking(undefined);
    const renewed = await act('agents.rotate', { agentId: id });
    if (renewed) setAsking({ kind: 'token', name, token: renewed.token });
  };
  const invite = async ({ id, name }: Pick<ManagedAgent, 'id' | 'name'>) => {
    const invited = await act('agents.invite', { agentId: id });
    if (invited) setAsking({ kind: 'invited', name, ...invited });
  };
  const read = async () => {
    const file = await act('agents.read', {});
    if (file) setAsking({ kind: 'import', file });
  };
  const importAll = async ({ name, agents }: RouteOutput<'agents.read'>) => {
    setAsking(undefined);
    const done = await act('agents.import', { agents: [...agents] });
    if (!done) return;
    if ('problems' in done) {
      setAsking({ kind: 'import', file: { name, agents: [], problems: done.problems } });
      return;
    }
    toast('good', () => t('agents.imported', { count: done.added, path: done.path }));
    refresh();
  };

  return (
    <Section title={t('agents.title')}>
      <p className={css.quiet}>{t('agents.intro')}</p>
      {data === undefined ? (
        <p className={css.quiet} aria-live="polite">
          {isError ? t('agents.unreachable') : t('agents.loading')}
        </p>
      ) : data.length === 0 ? (
        <p className={css.quiet}>{t('agents.none')}</p>
      ) : (
        <ul className={css.list} aria-label={t('agents.list')}>
          {data.map((agent) => (
            <li key={agent.id} className={css.agent}>
              <bdi className={css.name}>{agent.name}</bdi>
              {agent.id === self && <span className={css.quiet}>{t('agents.you')}</span>}
              <span className={css.facts}>
                <bdi>{factsOf(agent)}</bdi>
              </span>
              <span className={css.actions}>
                <Button
                  size="small"
                  look="quiet"
                  aria-label={t('agents.edit', { name: agent.name })}
                  onClick={() => setForm(agent)}
                >
                  {t('agents.editShort')}
                </Button>
                <Button
                  size="small"
                  look="quiet"
                  aria-label={t('agents.invite', { name: agent.name })}
                  onClick={() => void invite(agent)}
                >
                  {t('agents.inviteShort')}
                </Button>
                <Button
                  size="small"
                  look="quiet"
                  aria-label={t('agents.renew', { name: agent.name })}
                  onClick={() => setAsking({ kind: 'renew', agent })}
                >
                  {t('agents.renewShort')}
                </Button>
                <Button
                  size="small"
                  look="quiet"
                  aria-label={t('agents.remove', { name: agent.name })}
                  onClick={() => setAsking({ kind: 'remove', agent })}
                >
                  {t('agents.removeShort')}
                </Button>
              </span>
              {form !== 'new' && form?.id === agent.id && (
                <AgentForm
                  key={agent.id}
                  agent={agent}
                  onSave={(rights) => update(agent, rights)}
                  onCancel={() => setForm(undefined)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {form === 'new' ? (
        <AgentForm onSave={add} onCancel={() => setForm(undefined)} />
      ) : (
        <div className={css.actions}>
          <Button onClick={() => setForm('new')}>{t('agents.add')}</Button>
          <Button onClick={() => void read()}>{t('agents.importMany')}</Button>
        </div>
      )}
      {asking?.kind === 'token' && (
        <Question
          title={t('agents.tokenTitle', { name: asking.name })}
          text={t('agents.tokenText')}
          content={
            <TextField
              className={css.token}
              label={t('agents.token')}
              value={asking.token}
              readOnly
              onFocus={(event) => event.target.select()}
            />
          }
        >
          <Button
            look="accent"
            onClick={() => void copyText(asking.token, () => t('agents.copied'))}
          >
            {t('agents.copy')}
          </Button>
          <Button onClick={() => setAsking(undefined)}>{t('agents.done')}</Button>
        </Question>
      )}
      {asking?.kind === 'invited' && (
        <Question
          title={t('agents.invitedTitle', { name: asking.name })}
          text={t('agents.invitedText')}
          content={
            <>
              <TextField
                className={css.token}
                label={t('agents.link')}
                value={asking.link}
                readOnly
                onFocus={(event) => event.target.select()}
              />
              <TextField
                className={css.token}
                label={t('agents.code')}
                value={asking.code}
                readOnly
                onFocus={(event) => event.target.select()}
              />
            </>
          }
        >
          <Button
            look="accent"
            onClick={() => void copyText(asking.link, () => t('agents.copied'))}
          >
            {t('agents.copy')}
          </Button>
          <Button onClick={() => setAsking(undefined)}>{t('agents.done')}</Button>
        </Question>
      )}
      {asking?.kind === 'remove' && (
        <Question
          title={t('agents.removeTitle', { name: asking.agent.name })}
          text={asking.agent.id === self ? t('agents.removeSelf') : t('agents.removeText')}
          onClose={() => setAsking(undefined)}
        >
          <Button onClick={() => setAsking(undefined)}>{t('agents.cancel')}</Button>
          <Button look="bad" onClick={() => void remove(asking.agent)}>
            {t('agents.remove', { name: asking.agent.name })}
          </Button>
        </Question>
      )}
      {asking?.kind === 'renew' && (
        <Question
          title={t('agents.renewTitle', { name: asking.agent.name })}
          text={t('agents.renewText')}
          onClose={() => setAsking(undefined)}
        >
          <Button onClick={() => setAsking(undefined)}>{t('agents.cancel')}</Button>
          <Button look="accent" onClick={() => void renew(asking.agent)}>
            {t('agents.renewShort')}
          </Button>
        </Question>
      )}
      {asking?.kind === 'demote' && (
        <Question
          title={t('agents.demoteTitle')}
          text={t('agents.demoteText')}
          onClose={() => setAsking(undefined)}
        >
          <Button onClick={() => setAsking(undefined)}>{t('agents.cancel')}</Button>
          <Button look="bad" onClick={() => void update(asking.agent, asking.change, true)}>
            {t('agents.demote')}
          </Button>
        </Question>
      )}
      {asking?.kind === 'import' && (
        <Question
          title={t('agents.importTitle', { file: asking.file.name })}
          onClose={() => setAsking(undefined)}
          text={
            asking.file.problems.length > 0
              ? [t('agents.importNothing'), ...asking.file.problems].join('\n')
              : t('agents.importReady', { count: asking.file.agents.length })
          }
        >
          <Button onClick={() => setAsking(undefined)}>
            {asking.file.problems.length > 0 ? t('agents.close') : t('agents.cancel')}
          </Button>
          {asking.file.problems.length === 0 && (
            <Button look="accent" onClick={() => void importAll(asking.file)}>
              {t('agents.importNow')}
            </Button>
          )}
        </Question>
      )}
    </Section>
  );
}

/** What an agent may do, in one line. */
function factsOf({ id, role, team, calls, numbers }: ManagedAgent): string {
  const own =
    numbers === 'all'
      ? t('agents.allNumbers')
      : numbers.length === 0
        ? t('agents.noNumbers')
        : formats.list(numbers.map(isolated));
  const facts = [id, t(`agents.roles.${role}`), team, t(`agents.calls.${calls}`), own];
  return facts.filter((fact) => fact !== undefined).join(' · ');
}
