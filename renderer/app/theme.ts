import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  CloseButton,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  InputWrapper,
  Menu,
  Modal,
  NativeSelect,
  PasswordInput,
  Popover,
  SegmentedControl,
  Select,
  Switch,
  Textarea,
  TextInput,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core';

/** Text on a filled button: what the accent leaves to be read, in light and in dark. */
const onFill: VariantColorsResolver = input => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === 'filled' ? { ...colors, color: 'var(--wb-on-fill)' } : colors;
};

const small = { defaultProps: { size: 'xs' } } as const;

/** Mantine, as dense and calm as the rest; colours are the page's variables (theme.css). */
export const theme = createTheme({
  fontFamily: 'var(--wb-sans)',
  fontFamilyMonospace: 'var(--wb-mono)',
  fontSizes: { xs: '12.5px', sm: '13px', md: '14px', lg: '15px', xl: '17px' },
  headings: { fontFamily: 'var(--wb-sans)', fontWeight: '600' },
  defaultRadius: '6px',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  variantColorResolver: onFill,
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  colors: {
    accent: [
      '#e6f4f0',
      '#d0ebe4',
      '#a5d9cc',
      '#72c7b2',
      '#3fc6a8',
      '#23a98b',
      '#159377',
      '#0e7c66',
      '#0a6654',
      '#075142',
    ],
    dark: [
      '#e4e8ee',
      '#c5ccd6',
      '#a3adbd',
      '#8f9aab',
      '#323a46',
      '#2a313c',
      '#1d232c',
      '#181d25',
      '#12161c',
      '#0d1015',
    ],
    red: ['#fdeceb', '#fbd9d6', '#f5b3ad', '#ffa39a', '#ff8a80', '#e0493d', '#c9342a', '#b42318', '#951c13', '#77150e'],
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 24 } }),
    Autocomplete: Autocomplete.extend(small),
    Button: Button.extend({
      defaultProps: { size: 'xs' },
      vars: () => ({ root: { '--button-height': '26px', '--button-padding-x': '10px' } }),
      styles: { root: { fontWeight: 500 } },
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', iconColor: 'var(--wb-on-fill)' } }),
    Input: Input.extend({ vars: () => ({ wrapper: { '--input-height': '28px', '--input-size': '28px' } }) }),
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      styles: { label: { fontWeight: 500 }, description: { fontSize: 12 }, error: { fontSize: 12 } },
    }),
    CloseButton: CloseButton.extend({ defaultProps: { size: 'sm' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', position: 'bottom-start' } }),
    Modal: Modal.extend({ defaultProps: { centered: true, padding: 'md', overlayProps: { backgroundOpacity: 0.4 } } }),
    NativeSelect: NativeSelect.extend(small),
    PasswordInput: PasswordInput.extend(small),
    Popover: Popover.extend({ defaultProps: { shadow: 'md' } }),
    SegmentedControl: SegmentedControl.extend({
      ...small,
      styles: { root: { background: 'var(--wb-row)' }, label: { fontWeight: 400 } },
    }),
    Select: Select.extend({ defaultProps: { size: 'xs', allowDeselect: false } }),
    Switch: Switch.extend(small),
    Textarea: Textarea.extend(small),
    TextInput: TextInput.extend(small),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: false, multiline: true, maw: 360 } }),
  },
});

const ours = {
  '--mantine-color-body': 'var(--wb-panel)',
  '--mantine-color-text': 'var(--wb-text)',
  '--mantine-color-dimmed': 'var(--wb-dim)',
  '--mantine-color-placeholder': 'var(--wb-faint)',
  '--mantine-color-default': 'var(--wb-panel)',
  '--mantine-color-default-hover': 'var(--wb-row)',
  '--mantine-color-default-color': 'var(--wb-text)',
  '--mantine-color-default-border': 'var(--wb-line)',
  '--mantine-color-error': 'var(--wb-bad)',
  '--mantine-color-anchor': 'var(--wb-accent)',
};

export const variables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
