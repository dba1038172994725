extension Refusal {
  /// Services with a wrong field.
  static let services: [Refusal] = [
    Refusal(register, #"{}"#, 400, #"Name is missing or empty"#),
    Refusal(register, #"{"Name":""}"#, 400, #"Name is missing or empty"#),
    Refusal(register, #"{"Name":null}"#, 400, #"Name is missing or empty"#),
    Refusal(register, #"{"Name":5}"#, 400, #"Name: 5 is not allowed: it must be a string"#),
    Refusal(register, #"{"Name":["new"]}"#, 400, #"Name: ["new"] is not allowed: it must be a string"#),
    Refusal(register, #"{"Name":"{{n*257}}"}"#, 400, #"Name: "{{n*64}}…" has 257 bytes: at most 256 are allowed"#),
    Refusal(register, #"{"Name":"a\nb"}"#, 400, #"Name: "a\nb" has a control character, which is not allowed"#),
    Refusal(register, #"{"Name":"a\u0000b"}"#, 400, #"Name: "a\0b" has a control character, which is not allowed"#),
    Refusal(register, #"{"Name":"a\u007fb"}"#, 400, #"Name: "a\u{7F}b" has a control character, which is not allowed"#),
    Refusal(register, #"{"Service":"new"}"#, 400, #"Name is missing or empty"#),
    Refusal(register, #"{"Name":"new","ID":5}"#, 400, #"ID: 5 is not allowed: it must be a string"#),
    Refusal(
      register, #"{"Name":"new","ID":"{{i*257}}"}"#, 400, #"ID: "{{i*64}}…" has 257 bytes: at most 256 are allowed"#),
    Refusal(
      register, #"{"Name":"new","ID":"a\tb"}"#, 400, #"ID: "a\tb" has a control character, which is not allowed"#),
    Refusal(
      register, #"{"Name":"new","Port":-1}"#, 400,
      #"Port: -1 is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Port":65536}"#, 400,
      #"Port: 65536 is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Port":"80"}"#, 400,
      #"Port: "80" is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Port":80.5}"#, 400,
      #"Port: 80.5 is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Port":1e3}"#, 400,
      #"Port: 1000.0 is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Port":true}"#, 400,
      #"Port: true is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Port":{"a":1}}"#, 400,
      #"Port: {"a":1} is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(register, #"{"Name":"new","Tags":"a"}"#, 400, #"Tags: "a" is not allowed: it must be a list of strings"#),
    Refusal(
      register, #"{"Name":"new","Tags":{"a":"b"}}"#, 400,
      #"Tags: {"a":"b"} is not allowed: it must be a list of strings"#),
    Refusal(register, #"{"Name":"new","Tags":[1]}"#, 400, #"Tags[0]: 1 is not allowed: it must be a string"#),
    Refusal(register, #"{"Name":"new","Tags":["a",null]}"#, 400, #"Tags[1]: null is not allowed: it must be a string"#),
    Refusal(register, #"{"Name":"new","Tags":[{{"t",*64}}"t"]}"#, 400, #"Tags has 65 entries: at most 64 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Tags":["{{t*257}}"]}"#, 400,
      #"Tags[0]: "{{t*64}}…" has 257 bytes: at most 256 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Tags":["a","b\u001b[31m"]}"#, 400,
      #"Tags[1]: "b\u{1B}[31m" has a control character, which is not allowed"#),
    Refusal(register, #"{"Name":"new","Meta":[]}"#, 400, #"Meta: [] is not allowed: it must be an object"#),
    Refusal(register, #"{"Name":"new","Meta":"x"}"#, 400, #"Meta: "x" is not allowed: it must be an object"#),
    Refusal(register, #"{"Name":"new","Meta":{"a":1}}"#, 400, #"Meta.a: 1 is not allowed: it must be a string"#),
    Refusal(register, #"{"Name":"new","Meta":{"a":null}}"#, 400, #"Meta.a: null is not allowed: it must be a string"#),
    Refusal(register, #"{"Name":"new","Meta":{"":"x"}}"#, 400, #"Meta has an empty key"#),
    Refusal(
      register, #"{"Name":"new","Meta":{"{{k*129}}":"x"}}"#, 400,
      #"Meta key: "{{k*64}}…" has 129 bytes: at most 128 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Meta":{"a":"{{v*513}}"}}"#, 400,
      #"Meta.a: "{{v*64}}…" has 513 bytes: at most 512 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Meta":{"a\nb":"x"}}"#, 400,
      #"Meta key: "a\nb" has a control character, which is not allowed"#),
    Refusal(
      register, #"{"Name":"new","Meta":{"a":"x\r\ny"}}"#, 400,
      #"Meta.a: "x\r\ny" has a control character, which is not allowed"#),
    Refusal(register, #"{"Name":"new","Address":5}"#, 400, #"Address: 5 is not allowed: it must be a string"#),
    Refusal(
      register, #"{"Name":"new","Address":"0.0.0.0"}"#, 400,
      #"Address: "0.0.0.0" can't be reached by others: give an address of this host"#),
    Refusal(
      register, #"{"Name":"new","Address":"::"}"#, 400,
      #"Address: "::" can't be reached by others: give an address of this host"#),
    Refusal(
      register, #"{"Name":"new","Address":"[::]"}"#, 400,
      #"Address: "[::]" can't be reached by others: give an address of this host"#),
    Refusal(
      register, #"{"Name":"new","Address":"a b"}"#, 400, #"Address: "a b" is neither an IP address nor a host name"#),
    Refusal(
      register, #"{"Name":"new","Address":"http://10.0.0.1"}"#, 400,
      #"Address: "http://10.0.0.1" is neither an IP address nor a host name"#),
    Refusal(
      register, #"{"Name":"new","Address":"{{a*257}}"}"#, 400,
      #"Address: "{{a*64}}…" has 257 bytes: at most 256 are allowed"#),
    Refusal(
      register, #"{"Name":"new","Address":"a\u0001b"}"#, 400,
      #"Address: "a\u{01}b" has a control character, which is not allowed"#),
    Refusal(
      register, #"{"Name":"new","TaggedAddresses":[]}"#, 400,
      #"TaggedAddresses: [] is not allowed: it must be an object"#),
    Refusal(
      register, #"{"Name":"new","TaggedAddresses":{"lan":"10.0.0.1"}}"#, 400,
      #"TaggedAddresses.lan: "10.0.0.1" is not allowed: it must be an object"#),
    Refusal(
      register, #"{"Name":"new","TaggedAddresses":{"lan":{"Address":5}}}"#, 400,
      #"TaggedAddresses.lan.Address: 5 is not allowed: it must be a string"#),
    Refusal(
      register, #"{"Name":"new","TaggedAddresses":{"lan":{"Port":65536}}}"#, 400,
      #"TaggedAddresses.lan.Port: 65536 is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      register, #"{"Name":"new","TaggedAddresses":{"":{"Address":"a"}}}"#, 400, #"TaggedAddresses has an empty key"#),
    Refusal(
      register, #"{"Name":"new","TaggedAddresses":{"lan":{"Address":"0.0.0.0"}}}"#, 400,
      #"TaggedAddresses.lan.Address: "0.0.0.0" can't be reached by others: give an address of this host"#),
    Refusal(register, #"{"Name":"new","Weights":5}"#, 400, #"Weights: 5 is not allowed: it must be an object"#),
    Refusal(
      register, #"{"Name":"new","Weights":{"Passing":0}}"#, 400,
      #"Weights.Passing: 0 is not allowed: it must be a whole number from 1 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Weights":{"Passing":65536}}"#, 400,
      #"Weights.Passing: 65536 is not allowed: it must be a whole number from 1 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Weights":{"Warning":-1}}"#, 400,
      #"Weights.Warning: -1 is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      register, #"{"Name":"new","Weights":{"Passing":"1"}}"#, 400,
      #"Weights.Passing: "1" is not allowed: it must be a whole number from 1 to 65535"#),
    Refusal(
      register, #"{"Name":"new","EnableTagOverride":"yes"}"#, 400,
      #"EnableTagOverride: "yes" is not allowed: it must be true or false"#),
    Refusal(
      register, #"{"Name":"new","enable_tag_override":1}"#, 400,
      #"EnableTagOverride: 1 is not allowed: it must be true or false"#),
    Refusal(
      #"PUT /v1/agent/service/register?replace-existing-checks=maybe"#, #"{"Name":"new"}"#, 400,
      #"Invalid value for ?replace-existing-checks: "maybe" is neither true nor false"#),
    Refusal(
      #"PUT /v1/agent/service/register?dc=elsewhere"#, #"{"Name":"new"}"#, 500, #"No path to datacenter "elsewhere""#),
  ]
}
