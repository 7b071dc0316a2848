import { boolean, type Keys } from '../notation.ts'

export const classroomApp: Keys = {
  allowRemoteScreenObservation: boolean(
    ['Visa skärmen på avstånd', 'Observe the screen remotely'],
    [
      'Av: appen Klassrum kan inte se skärmen. Gäller bara när skärmbilder är tillåtna.',
      'Off: the Classroom app cannot see the screen. Matters only when screenshots are allowed.',
    ],
    { default: true, since: '9.3' },
  ),
  forceClassroomAutomaticallyJoinClasses: boolean(
    ['Gå med i klasser automatiskt', 'Join classes automatically'],
    ['På: läraren behöver inte vänta på elevens ja.', "On: the teacher need not wait for the student's yes."],
    { default: false, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceClassroomRequestPermissionToLeaveClasses: boolean(
    ['Be om lov att lämna klasser', 'Ask before leaving classes'],
    ['På: eleven måste be om lov för att lämna en klass.', 'On: a student must ask before leaving a class.'],
    { default: false, since: '11.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceClassroomUnpromptedAppAndDeviceLock: boolean(
    ['Läraren låser utan fråga', 'Teacher locks without asking'],
    [
      'På: läraren kan låsa appar och iPad utan att eleven tillfrågas.',
      'On: the teacher can lock apps and iPad without asking the student.',
    ],
    { default: false, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceClassroomUnpromptedScreenObservation: boolean(
    ['Läraren ser skärmen utan fråga', 'Teacher sees the screen without asking'],
    [
      'På: läraren ser skärmen utan att eleven tillfrågas.',
      'On: the teacher sees the screen without asking the student.',
    ],
    { default: false, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
}
