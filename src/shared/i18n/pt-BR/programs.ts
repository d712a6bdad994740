export const links = {
  title: 'Links e outros programas',
  intro:
    'Um link ou um número selecionado preenche Nova chamada e mostra as regras de chamada. Nada é discado antes de você pressionar Ligar.',
  schemes: {
    ringdesk: 'Abrir links ringdesk: aqui',
    tel: 'Abrir links tel: aqui',
    callto: 'Abrir links callto: aqui',
    whatsapp: 'Abrir links whatsapp: aqui',
  },
  states: {
    ours: 'Este computador os abre com o Ringdesk',
    other: 'Este computador os abre com {{program}}',
    nobody: 'Nenhum programa os abre',
    'unknown-program':
      'Este computador não pode abrir links com esta cópia do Ringdesk. Instale-a pelo pacote',
  },
  whatsappNote: '{{state}}. Navegadores repassam links wa.me como whatsapp:',
  chooseAnother: 'Escolha outro programa para estes links nas configurações do sistema',
  refused:
    'O sistema recusou a mudança. Escolha o Ringdesk para estes links nas configurações dele',
  noState: 'O sistema não diz que links abrem aqui: {{why}}',
  key: 'Ligar para o número selecionado, de qualquer programa',
  keyNote: 'Selecione um número em qualquer programa e pressione as teclas',
  keyNoteCopy: 'Copie um número em qualquer programa e pressione as teclas',
  keysTwice: 'Você usa estas teclas para uma chamada que toca. Escolha outras',
  nothingFilled: 'Nova chamada não foi preenchida',
  quiet: '{{number}} está em Nova chamada, para depois desta chamada',
  unknownFrom: '“{{from}}” não é nenhum dos seus números. Escolha qual deles liga',
  extension: 'O link tem o ramal {{extension}}. Peça por ele, porque não pode ser discado',
  several: 'Havia vários números. Este é o primeiro',
  problems: {
    'not-a-link': 'Isto não é um link para um número',
    malformed: 'O link está danificado. Copie o número',
    'too-long': 'O link é longo demais. Copie o número',
    'no-number': 'O link não tem um número para o qual se possa ligar',
    'service-code': 'O link tem um código da rede telefônica, não um número',
    'several-numbers': 'O link tem vários números. Copie aquele para o qual quer ligar',
    'unknown-action': 'O link pede algo que o Ringdesk não faz',
    'nothing-selected': 'Nenhum texto selecionado. Selecione um número e pressione as teclas',
    'nothing-copied': 'Nenhum texto copiado. Copie um número e pressione as teclas',
    'none-in-selection': 'Não há um número neste texto',
  },
};
