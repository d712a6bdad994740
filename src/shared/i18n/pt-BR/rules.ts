export const billDifferences = {
  unreadable: 'O valor na fatura, “{{theirs}}”, não é um número.',
  currency: 'A fatura está em {{theirs}}, a estimativa do Ringdesk em {{ours}}.',
  'billed-unanswered': 'Não atendida, mas cobrada: {{theirs}}.',
  'not-billed': 'Estimativa de {{ours}}, nada cobrado.',
  'whole-minutes': 'Estimativa de {{ours}} a cada 6 s, cobrado {{theirs}} por minutos inteiros.',
  duration: 'O Ringdesk contou {{ours}} s, a fatura {{theirs}} s.',
  amount: 'Estimativa de {{ours}}, cobrado {{theirs}}: uma diferença de {{by}}.',
};

export const findings = {
  'permission-unchecked': {
    what: 'Ainda não se sabe se você pode ligar para este cliente.',
    next: 'Atualize para verificar a permissão.',
  },
  'permission-unavailable': {
    what: 'O provedor não soube dizer se você pode ligar para este cliente.',
    next: 'Atualize em um minuto ou tente ligar. Sem permissão, o provedor recusa.',
  },
  'permission-missing': {
    what: 'Este cliente não permitiu chamadas deste número.',
    next: 'Peça permissão.',
  },
  'permission-declined': {
    what: 'Este cliente recusou o seu pedido de chamada ({{declinedAt}}).',
    next: 'Peça de novo após 24 horas ou envie uma mensagem.',
  },
  'permission-revoked': {
    what: 'O cliente ou o WhatsApp retirou a permissão para ligar ({{revokedAt}}).',
    next: 'Peça permissão de novo.',
  },
  'permission-expired': {
    what: 'A permissão para ligar expirou ({{expiredAt}}).',
    next: 'Peça permissão de novo.',
  },
  'permission-maybe-revoked': {
    what_one: '{{count}} chamada ficou sem resposta. O WhatsApp provavelmente retirou a permissão.',
    what_other:
      '{{count}} chamadas seguidas ficaram sem resposta. O WhatsApp provavelmente retirou a permissão.',
    next: 'Atualize para verificar a permissão.',
  },
  'permission-temporary': {
    what: 'Este cliente permitiu chamadas por tempo limitado.',
    next: 'Você pode ligar até lá.',
  },
  'permission-permanent': {
    what: 'Este cliente permitiu chamadas permanentemente.',
    next: 'Você pode ligar.',
  },
  'permission-answer-old': {
    what: 'A permissão pode ter mudado desde a última verificação ({{checkedAt}}).',
    next: 'Atualize para verificá-la de novo.',
  },
  'call-refused': {
    what: 'O provedor não permite chamadas para este cliente agora e não diz o motivo.',
    next: 'Atualize em alguns minutos.',
  },
  'call-limit': {
    what_one: 'Você atingiu o limite de {{count}} chamada atendida com este cliente em {{hours}}.',
    what_other:
      'Você atingiu o limite de {{count}} chamadas atendidas com este cliente em {{hours}}.',
    next: 'Envie uma mensagem ou espere até poder ligar de novo.',
  },
  'calls-left': {
    what_one: 'Resta {{left}} de {{count}} chamada atendida em {{hours}}.',
    what_other: 'Restam {{left}} de {{count}} chamadas atendidas em {{hours}}.',
    next: 'Você pode ligar.',
  },
  'unanswered-some': {
    what_one:
      '{{count}} chamada ficou sem resposta. O WhatsApp perguntou ao cliente se você ainda pode ligar. Após {{limit}}, ele retira a permissão.',
    what_other:
      '{{count}} chamadas seguidas ficaram sem resposta. O WhatsApp perguntou ao cliente se você ainda pode ligar. Após {{limit}}, ele retira a permissão.',
    next: 'Envie uma mensagem antes de ligar de novo.',
  },
  'unanswered-last': {
    what_one:
      '{{count}} chamada ficou sem resposta. Se a próxima também ficar, o WhatsApp retira a permissão.',
    what_other:
      '{{count}} chamadas seguidas ficaram sem resposta. Se a próxima também ficar, o WhatsApp retira a permissão.',
    next: 'Envie uma mensagem primeiro e combine um horário para a chamada.',
  },
  'pick-up-low': {
    what: 'Em sete dias, {{ratePercent}} das chamadas de clientes para este número foram atendidas (de {{calls}}). O WhatsApp retira o botão de chamada de números que atendem pouco.',
    next: 'Atenda as chamadas de clientes antes de ligar para outros.',
  },
  'pick-up-falling': {
    what: 'Em sete dias, {{ratePercent}} das chamadas de clientes para este número foram atendidas. Se continuar assim, a taxa ficará abaixo de {{limitPercent}} em {{fallsAt}}, e as chamadas de saída serão suspensas.',
    next: 'Atenda as chamadas de clientes antes de ligar para outros.',
  },
  'pick-up-held': {
    what: 'As chamadas de saída estão suspensas: em sete dias, {{ratePercent}} das chamadas de clientes para este número foram atendidas (de {{calls}}), e a sua organização quer pelo menos {{limitPercent}}. Caso contrário, o WhatsApp retira o botão de chamada.',
    next: 'Você poderá ligar de novo quando chamadas suficientes forem atendidas. A Análise mostra quantas.',
  },
  'permission-not-needed': {
    what: 'Este número não precisa de permissão para ligar.',
    next: 'Você pode ligar.',
  },
  'permission-already-permanent': {
    what: 'Este cliente já permitiu chamadas permanentemente.',
    next: 'Você pode ligar.',
  },
  'declined-recently': {
    what: 'Este cliente recusou o seu pedido de chamada ({{declinedAt}}).',
    next: 'Você pode pedir de novo após 24 horas.',
  },
  'request-limit': {
    what_one: 'Você pode enviar {{count}} pedido de permissão a cada {{hours}}.',
    what_other: 'Você pode enviar {{count}} pedidos de permissão a cada {{hours}}.',
    next: 'Espere, ou deixe o cliente ligar: depois disso você pode pedir de novo.',
  },
  'request-refused': {
    what: 'O provedor não permite um pedido de permissão agora e não diz o motivo.',
    next: 'Atualize em alguns minutos.',
  },
  'requests-left': {
    what_one: 'Resta {{left}} de {{count}} pedido de permissão em {{hours}}.',
    what_other: 'Restam {{left}} de {{count}} pedidos de permissão em {{hours}}.',
    next: 'Você pode pedir permissão.',
  },
  'request-pending': {
    what: 'Permissão pedida ({{sentAt}}). Ainda sem resposta.',
    next: 'Espere a resposta. O cliente tem sete dias.',
  },
  'request-free-form-unsupported': {
    what: 'Este provedor não consegue enviar um pedido de permissão como mensagem livre.',
    next: 'Peça com um modelo.',
  },
  'request-template-unsupported': {
    what: 'Este provedor não consegue enviar um pedido de permissão como modelo.',
    next: 'Peça com uma mensagem livre.',
  },
  'window-open': {
    what: 'A janela de atendimento ao cliente está aberta: o cliente escreveu ou falou com você nas últimas 24 horas.',
    next: 'Você pode enviar mensagens livres até ela fechar.',
  },
  'window-closed': {
    what: 'A janela de atendimento ao cliente está fechada: nenhuma mensagem ou chamada do cliente nas últimas 24 horas.',
    next: 'Envie um modelo ou espere o cliente.',
  },
  'window-needs-reply': {
    what: 'O cliente ainda não respondeu ao seu modelo.',
    next: 'Espere a resposta. Ela abre a janela de atendimento ao cliente por 24 horas.',
  },
  'call-window-disputed': {
    what: 'A janela de atendimento ao cliente está fechada. A 360dialog diz que chamadas precisam dela aberta; a Meta diz que não.',
    next: 'Tente ligar. Se a chamada for recusada, envie um modelo primeiro.',
  },
  'country-blocked': {
    what: 'Números de {{country}} não podem ligar para clientes no WhatsApp.',
    next: 'Ligue de um número de outro país ou peça ao cliente para ligar para você.',
  },
  'country-refused': {
    what: 'O provedor recusou ({{refusedAt}}): números deste país não podem ligar para clientes.',
    next: 'Ligue de um número de outro país ou peça ao cliente para ligar para você.',
  },
  'country-unknown': {
    what: 'O país do seu número não é conhecido, por isso não está claro se ele pode ligar para clientes.',
    next: 'Confira o número nas configurações dele.',
  },
  'region-sanctioned': {
    what: 'O WhatsApp não permite chamadas com números de {{region}}.',
    next: 'Envie uma mensagem.',
  },
  'region-doubtful': {
    what: 'Este número pode ser da parte sancionada de {{region}}. A chamada pode ser recusada.',
    next: 'Confira onde o cliente está antes de ligar.',
  },
  'region-unreliable': {
    what: 'Chamadas pela internet para {{country}} falham com frequência.',
    next: 'Se a chamada falhar, envie uma mensagem.',
  },
  'calling-off': {
    what: 'As chamadas estão desativadas para este número.',
    next: 'Peça ao administrador para ativá-las nas configurações do número.',
  },
  'tier-too-low': {
    what: 'O limite de mensagens deste número ({{tier}}) está abaixo do {{needed}} necessário para chamadas.',
    next: 'Se as chamadas forem recusadas, peça ao administrador para aumentá-lo junto ao provedor.',
  },
  'tier-disputed': {
    what: 'O limite de mensagens deste número ({{tier}}) atende ao {{needed}} que este provedor pede, mas não ao {{otherNeeded}} que o WhatsApp pede.',
    next: 'Se as chamadas forem recusadas, peça ao administrador para aumentá-lo junto ao provedor.',
  },
  'tier-refused': {
    what: 'O provedor se recusou a ativar as chamadas ({{refusedAt}}): o limite de mensagens é baixo demais (138015).',
    next: 'Peça ao administrador para aumentar o limite junto ao provedor e depois ative as chamadas de novo.',
  },
  'access-refused': {
    what: '{{label}} está offline: o token de acesso expirou.',
    next: 'Importe um novo perfil.',
  },
  'relay-access-refused': {
    what: 'O relay não pode receber chamadas de {{label}}: o token de acesso expirou.',
    next: 'Peça ao administrador para dar um novo ao relay.',
  },
  'account-disabled': {
    what: 'O WhatsApp baniu a conta de {{label}}.',
    next: 'Recorra no Business Support Home da Meta; até lá use outro número.',
  },
  'account-disabling': {
    what: 'O WhatsApp está prestes a banir a conta de {{label}}.',
    next: 'O administrador vê o motivo no Business Support Home da Meta.',
  },
  'account-deleted': {
    what: 'A conta do WhatsApp de {{label}} foi excluída.',
    next: 'Use outro número.',
  },
  'account-offboarded': {
    what: 'A conta do WhatsApp de {{label}} saiu desta plataforma.',
    next: 'Peça ao administrador para conectá-la de novo.',
  },
  'account-unshared': {
    what: 'A conta do WhatsApp de {{label}} não está mais compartilhada com este app.',
    next: 'Peça ao administrador para compartilhá-la de novo.',
  },
  'routed-elsewhere': {
    what: '{{label}} parou de tocar aqui: o WhatsApp entrega as chamadas a outro sistema de atendimento (138038).',
    next: 'Peça ao administrador para devolver as chamadas a este app, em Conversation Routing.',
  },
  'routing-shared': {
    what: '{{label}} pode ter parado de tocar aqui: outro sistema de atendimento, como o Business Agent da Meta, também atende por ele.',
    next: 'Ligue para o número para testar. Se ele não tocar, veja o Conversation Routing.',
  },
  'calls-unsubscribed': {
    what: 'Nada recebe as chamadas de {{label}}: o campo “calls” do webhook não está assinado (138018).',
    next: 'Peça ao administrador para inscrever o relay no campo “calls”.',
  },
  coexistence: {
    what: '{{label}} também é usado no app WhatsApp Business, e esses números não podem receber nem fazer chamadas aqui.',
    next: 'Use um número que esteja só na API.',
  },
  'keys-sdes': {
    what: 'As chamadas de {{label}} não podem ser atendidas aqui: a troca de chaves deste número é SDES.',
    next: 'Defina-a como DTLS nas configurações de chamada do número (srtp_key_exchange_protocol).',
  },
  'payment-missing': {
    what: 'A conta do WhatsApp de {{label}} não tem uma forma de pagamento válida, por isso as chamadas falham (131044).',
    next: 'Peça ao administrador para adicionar um no Business Manager da Meta e ligue de novo.',
  },
  'number-error': {
    what: 'O WhatsApp informa um erro de {{label}} ({{errorCode}}): “{{quote}}”.',
    next: 'Mostre isso ao administrador.',
  },
  'version-ending': {
    what: 'A Meta vai encerrar a versão {{version}} da API, usada por {{label}} ({{endsAt}}).',
    next: 'Peça ao administrador um perfil com uma versão mais nova.',
  },
  'customer-not-callable': {
    what: 'O WhatsApp não conseguiu ligar para este cliente ({{refusedAt}}). Talvez ele não use o WhatsApp, ou o app dele seja antigo demais (138001).',
    next: 'Envie uma mensagem ou peça ao cliente para atualizar o WhatsApp.',
  },
  'calling-paused': {
    what: 'O WhatsApp pausou as chamadas deste número por causa do feedback dos clientes ({{refusedAt}}). Isso pode durar sete dias.',
    next: 'Peça ao administrador para ler o aviso no WhatsApp Manager.',
  },
  restricted: {
    what: 'O WhatsApp restringiu esta conta: {{restriction}}.',
    next: 'Peça ao administrador para ler o aviso no WhatsApp Manager.',
  },
  'restricted-inbound': {
    what: 'O WhatsApp restringiu esta conta: {{restriction}}.',
    next: 'Peça ao administrador para ler o aviso no WhatsApp Manager.',
  },
  'restriction-unknown': {
    what: 'O WhatsApp restringiu esta conta. O nome que ele dá: {{restriction}}.',
    next: 'Peça ao administrador para ler o aviso no WhatsApp Manager.',
  },
  'balance-too-low': {
    what: 'O saldo é {{balance}} {{currency}}. As chamadas precisam de {{minimum}} {{currency}}.',
    next: 'Recarregue pelo menos {{shortfall}} {{currency}}.',
  },
  'balance-unreadable': {
    what: 'O saldo ({{balance}}) ou o mínimo ({{minimum}}) não é um número.',
    next: 'Corrija nas configurações do número.',
  },
  'do-not-call': {
    what: 'Não ligar: {{by}} marcou esta pessoa assim ({{markedAt}}).',
    next: 'Envie uma mensagem, ou permita chamadas de novo se ela pedir uma.',
  },
  'do-not-call-because': {
    what: 'Não ligar: {{by}} marcou esta pessoa assim ({{markedAt}}): “{{reason}}”.',
    next: 'Envie uma mensagem, ou permita chamadas de novo se ela pedir uma.',
  },
  'already-in-call': {
    what: 'Você está em chamada com este cliente.',
    next: 'Encerre essa chamada primeiro.',
  },
  'colleague-in-call': {
    what: 'Um colega está em chamada com este cliente.',
    next: 'Fale com o colega ou espere essa chamada terminar.',
  },
  'concurrent-limit': {
    what_one: 'Este número atingiu o limite de {{count}} chamada ao mesmo tempo.',
    what_other: 'Este número atingiu o limite de {{count}} chamadas ao mesmo tempo.',
    next: 'Espere uma terminar. Até lá os clientes não conseguem ligar, e você não verá as chamadas deles.',
  },
  'concurrent-limit-account': {
    what_one:
      'A sua conta do WhatsApp Business atingiu o limite de {{count}} chamada ao mesmo tempo em todos os números.',
    what_other:
      'A sua conta do WhatsApp Business atingiu o limite de {{count}} chamadas ao mesmo tempo em todos os números.',
    next: 'Espere uma terminar. Até lá os clientes não conseguem ligar, e você não verá as chamadas deles.',
  },
  'outside-hours': {
    what: 'Está fora do seu horário de chamadas. O cliente não pode retornar agora.',
    next: 'Ligue dentro do horário.',
  },
  'hours-unreadable': {
    what: 'O fuso horário do horário de chamadas ({{zone}}) é desconhecido.',
    next: 'Corrija nas configurações do número.',
  },
  'cost-rate': {
    what: 'Chamadas para {{region}} custam {{perMinute}} {{currency}} por minuto, cobradas a cada 6 s a {{perPulse}} {{currency}}.',
    next: 'Você só paga se o cliente atender.',
  },
  'cost-unknown': {
    what: 'A tabela de preços não tem preço em {{currency}} para este número.',
    next: 'Importe uma tabela de preços mais nova.',
  },
  'cost-by-minute': {
    what: 'Este provedor mostra preços por minutos inteiros, mas o WhatsApp cobra a cada 6 s.',
    next: 'Compare o valor dele com a fatura do WhatsApp.',
  },
};

export const hoursProblems = {
  'unknown-zone': 'Fuso horário desconhecido: {{zone}}.',
  'no-hours': 'Adicione horários em pelo menos um dia.',
  'bad-time': '“{{time}}” não é um horário. Use 0930.',
  'open-not-before-close':
    '{{where}}: o fechamento precisa ser depois da abertura. Para horário noturno, adicione dois intervalos.',
  'too-many-entries': '{{where}}: você pode adicionar no máximo dois intervalos por dia.',
  overlap: '{{where}}: os horários se sobrepõem.',
  'bad-date': '“{{date}}” não é uma data. Use 2026-12-24.',
  'past-holiday': 'O feriado {{date}} já passou. Remova-o.',
  'too-many-holidays': 'Você tem {{count}} feriados. O limite é 20.',
};

export const missing = {
  'server-media': 'O provedor conecta as chamadas deste número, por isso nada é preparado antes.',
  'official-numbers-only': 'Disponível só em números da API oficial do WhatsApp.',
  'web-numbers-only': 'Disponível só em números conectados por QR code.',
  'no-permission-needed': 'Este número não precisa de permissão para ligar.',
  'answered-at-destination':
    'As chamadas deste número são atendidas e encerradas no destino do encaminhamento.',
  'not-offered': 'O provedor deste número não oferece isso.',
  'aggregate-only': 'O provedor mostra só os custos totais, não o custo de uma chamada.',
  'no-charge': 'As chamadas deste número são gratuitas.',
  'written-elsewhere':
    'O Ringdesk só cuida das chamadas deste número. Envie mensagens na caixa de entrada do próprio provedor.',
};

export const rateCard = {
  empty: 'O arquivo não tem preços.',
  'missing-column': 'Falta a coluna: {{what}}.',
  'unclosed-quote': 'Linha {{line}}: falta fechar as aspas.',
  'too-few-fields_one':
    'Linha {{line}}: só {{count}} campo. Cada linha precisa de todas as colunas.',
  'too-few-fields_other':
    'Linha {{line}}: só {{count}} campos. Cada linha precisa de todas as colunas.',
  'bad-date': 'Linha {{line}}: “{{what}}” não é uma data. Use 2026-10-01.',
  'bad-currency': 'Linha {{line}}: “{{what}}” não é uma moeda. Use um código, p. ex. USD.',
  'bad-area':
    'Linha {{line}}: “{{what}}” não é uma área. Use um país (MX), um código de país (+44) ou *.',
  'bad-minutes': 'Linha {{line}}: “{{what}}” não é um número de minutos.',
  'bad-rate': 'Linha {{line}}: “{{what}}” não é um preço. Use um número, p. ex. 0.0095.',
  'repeated-area': 'Linha {{line}}: {{what}} já tem um preço para esta data, moeda e volume.',
  'no-first-tier': 'Linha {{line}}: {{what}} não tem um preço a partir de 0 minutos.',
};
