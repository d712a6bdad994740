import { t } from '../../shared/i18n/i18n.ts';
import type { Template } from '../../shared/providers/requests.ts';
import { Choice } from './choice.tsx';
import { TextField } from './field.tsx';

/** A template and the values filled in so far. */
export interface TemplateDraft {
  /** Key of the template; empty or unknown: the first. */
  chosen: string;
  values: readonly string[];
}

export const emptyTemplateDraft: TemplateDraft = { chosen: '', values: [] };

const keyOf = ({ name, language }: Template) => `${name}/${language}`;

interface FilledTemplate {
  template: Template;
  /** One per placeholder; empty where none is typed yet. */
  values: readonly string[];
  complete: boolean;
}

/** The template of a draft with its values; undefined if there are no templates. */
export function filledTemplate(
  templates: readonly Template[],
  { chosen, values }: TemplateDraft,
): FilledTemplate | undefined {
  const template = templates.find((one) => keyOf(one) === chosen) ?? templates[0];
  if (!template) return undefined;
  const filled = Array.from({ length: template.values }, (_, index) => values[index] ?? '');
  return { template, values: filled, complete: filled.every((value) => value.trim() !== '') };
}

interface TemplateFieldsProps {
  label: string;
  hideLabel?: boolean;
  templates: readonly Template[];
  filled: FilledTemplate;
  /** The text of the message. */
  body: string;
  bodyClass?: string | undefined;
  onChange: (draft: TemplateDraft) => void;
}

/** Chooses a template and fills in its values. */
export function TemplateFields(props: TemplateFieldsProps) {
  const { label, hideLabel = false, templates, filled, body, bodyClass, onChange } = props;
  const { template, values } = filled;
  return (
    <>
      <Choice
        label={label}
        hideLabel={hideLabel}
        value={keyOf(template)}
        options={templates.map((one) => ({
          value: keyOf(one),
          label: `${one.name} (${one.language})`,
        }))}
        onChange={(chosen) => onChange({ chosen, values: [] })}
      />
      <p className={bodyClass} dir="auto">
        {body}
      </p>
      {values.map((value, index) => (
        <TextField
          // oxlint-disable-next-line react/no-array-index-key -- the position is their only identity
          key={index}
          label={t('contacts.templateValue', { placeholder: `{{${index + 1}}}` })}
          value={value}
          onChange={(event) =>
            onChange({
              chosen: keyOf(template),
              values: values.map((old, at) => (at === index ? event.target.value : old)),
            })
          }
        />
      ))}
    </>
  );
}
