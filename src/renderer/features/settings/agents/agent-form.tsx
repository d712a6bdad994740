import { type FormEvent, useState } from 'react';
import { numbersIn } from '../../../../shared/agents/agents-csv.ts';
import { fill, t } from '../../../../shared/i18n/i18n.ts';
import type { ManagedAgent, NewAgent } from '../../../../shared/protocol/agent-admin.ts';
import { callRights, role } from '../../../../shared/protocol/rights.ts';
import { useKept } from '../../../state/drafts.ts';
import { useSnapshot } from '../../../state/snapshot-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import css from './agents.module.css';

interface Fields {
  id: string;
  name: string;
  role: ManagedAgent['role'];
  calls: ManagedAgent['calls'];
  team: string;
  scope: 'all' | 'some';
  some: string;
}

interface AgentFormProps {
  /** The agent that is changed; left out, one is added. */
  agent?: ManagedAgent | undefined;
  /** Whether it is saved: what was typed about a new agent is kept until then. */
  onSave: (agent: NewAgent) => Promise<boolean>;
  onCancel: () => void;
}

/** An agent's name and rights. Id and name of an agent that is there stay as they are. */
export function AgentForm({ agent, onSave, onCancel }: AgentFormProps) {
  const { numbers = 'all' } = agent ?? {};
  const initial: Fields = {
    id: agent?.id ?? '',
    name: agent?.name ?? '',
    role: agent?.role ?? 'agent',
    calls: agent?.calls ?? 'all',
    team: agent?.team ?? '',
    scope: numbers === 'all' ? 'all' : 'some',
    some: numbers === 'all' ? '' : numbers.join(' '),
  };
  // Not of an agent who is there: another admin may have changed their rights by the time it is saved.
  const [kept, keep] = useKept<Fields>(['agent/new'], initial);
  const [own, setOwn] = useState(initial);
  const fields = agent ? own : kept;
  const set = (change: Partial<Fields>) => (agent ? setOwn : keep)({ ...fields, ...change });
  const { id, name, calls, team, scope, some } = fields;
  const accounts = useSnapshot((snapshot) => snapshot.accounts);
  const ids = accounts.map((account) => account.id);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const isAdded = await onSave({
      id: id.trim(),
      name: name.trim(),
      role: fields.role,
      calls,
      team: team.trim(),
      numbers: scope === 'all' ? 'all' : numbersIn(some),
    });
    if (isAdded && !agent) keep(undefined);
  };
  const label = agent ? t('agents.edit', { name: agent.name }) : t('agents.add');
  return (
    <form className={css.form} aria-label={label} onSubmit={(event) => void save(event)}>
      {!agent && (
        <>
          <TextField
            label={t('agents.id')}
            note={t('agents.idNote')}
            value={id}
            required
            maxLength={64}
            onChange={(event) => set({ id: event.target.value })}
          />
          <TextField
            label={t('agents.name')}
            value={name}
            required
            maxLength={100}
            onChange={(event) => set({ name: event.target.value })}
          />
        </>
      )}
      <Choice
        label={t('agents.role')}
        value={fields.role}
        options={role.options.map((value) => ({ value, label: t(`agents.roles.${value}`) }))}
        onChange={(chosen) => set({ role: chosen })}
      />
      <TextField
        label={t('agents.team')}
        value={team}
        maxLength={100}
        onChange={(event) => set({ team: event.target.value })}
      />
      <Choice
        label={t('agents.callRights')}
        value={calls}
        options={callRights.options.map((value) => ({ value, label: t(`agents.calls.${value}`) }))}
        onChange={(chosen) => set({ calls: chosen })}
      />
      <Choice
        label={t('agents.numbers')}
        value={scope}
        options={[
          { value: 'all', label: t('agents.numbersAll') },
          { value: 'some', label: t('agents.numbersSome') },
        ]}
        onChange={(chosen) => set({ scope: chosen })}
      />
      {scope === 'some' && (
        <TextField
          label={t('agents.numberIds')}
          note={fill('agents.numberIdsNote', { ids: ids.join(' ') })}
          value={some}
          onChange={(event) => set({ some: event.target.value })}
        />
      )}
      <div className={css.actions}>
        <Button type="submit" look="accent">
          {t('agents.save')}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            if (!agent) keep(undefined);
            onCancel();
          }}
        >
          {t('agents.cancel')}
        </Button>
      </div>
    </form>
  );
}
