import { DoctorDesk } from './doctor-desk.tsx';
import type { LinkPart } from './link-page.tsx';

export function DoctorTab({ link }: LinkPart) {
  return <DoctorDesk name={link.name} />;
}
