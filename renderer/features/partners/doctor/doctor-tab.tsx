import type { LinkPart } from '../link/link-page.tsx';
import { DoctorDesk } from './doctor-desk.tsx';

export function DoctorTab({ link }: LinkPart) {
  return <DoctorDesk name={link.name} />;
}
