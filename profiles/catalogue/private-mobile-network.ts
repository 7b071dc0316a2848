import { boolean, item, list, payload, real, string } from './notation.ts'

export const privateMobileNetwork = payload('com.apple.cellularprivatenetwork.managed', {
  title: ['Privat mobilnät', 'Private mobile network'],
  help: ['Ett eget 4G- eller 5G-nät och när det används.', 'A private 4G or 5G network and when it is used.'],
  family: 'network',
  since: '17.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    Geofences: list(
      ['Områden', 'Areas'],
      ['Var nätet finns. Används bara av iPhone.', 'Where the network is. Only iPhone uses it.'],
      item('dictionary', {
        keys: {
          Longitude: real(['Longitud', 'Longitude'], ['Grader, öst positivt.', 'Degrees, east positive.'], {
            required: true,
            min: -180,
            max: 180,
          }),
          Latitude: real(['Latitud', 'Latitude'], ['Grader, nord positivt.', 'Degrees, north positive.'], {
            required: true,
            min: -90,
            max: 90,
          }),
          Radius: real(
            ['Radie, meter', 'Radius, metres'],
            ['Något större än nätets täckning.', 'A little more than the network covers.'],
            { required: true, min: 100, max: 6500 },
          ),
          GeofenceId: string(['Områdets id', 'Id of the area'], ['Unikt i listan.', 'Unique in the list.'], {
            required: true,
          }),
        },
      }),
    ),
    DataSetName: string(['Namn', 'Name'], ['Namn på uppgifterna.', 'Name of the data set.'], {
      required: true,
    }),
    VersionNumber: string(['Version', 'Version'], ['Version av uppgifterna.', 'Version of the data set.'], {
      required: true,
    }),
    CellularDataPreferred: boolean(
      ['Före Wi-Fi', 'Before Wi-Fi'],
      ['På: nätet används hellre än Wi-Fi.', 'On: the network is used rather than Wi-Fi.'],
      { default: false },
    ),
    EnableNRStandalone: boolean(
      ['Fristående 5G', 'Standalone 5G'],
      ['På: nätet är 5G utan 4G.', 'On: the network is 5G without 4G.'],
      { default: false },
    ),
    NetworkIdentifier: string(
      ['Nätets NID', 'NID of the network'],
      ['Samordnat NID enligt 3GPP.', 'Coordinated NID of 3GPP.'],
      { since: '18.0' },
    ),
    CsgNetworkIdentifier: string(
      ['Nätets CSG-id', 'CSG id of the network'],
      ['CSG_ID enligt 3GPP.', 'CSG_ID of 3GPP.'],
      { since: '18.0' },
    ),
  },
})
