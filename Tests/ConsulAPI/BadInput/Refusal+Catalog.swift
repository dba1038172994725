extension Refusal {
  /// Bodies of the catalog's endpoints.
  static let catalog: [Refusal] = [
    Refusal(catalogRegister, #"{}"#, 400, #"Node is missing or empty"#),
    Refusal(
      catalogRegister, #"{"Node":"new"}"#, 400, #"Address is missing or empty: it is where node "new" is reached"#),
    Refusal(catalogRegister, #"{"Node":5}"#, 400, #"Node: 5 is not allowed: it must be a string"#),
    Refusal(
      catalogRegister, #"{"Node":"{{n*257}}","Address":"a"}"#, 400,
      #"Node: "{{n*64}}…" has 257 bytes: at most 256 are allowed"#),
    Refusal(
      catalogRegister, #"{"Node":"a\nb","Address":"a"}"#, 400,
      #"Node: "a\nb" has a control character, which is not allowed"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":""}"#, 400,
      #"Address is missing or empty: it is where node "new" is reached"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"0.0.0.0"}"#, 400,
      #"Address: "0.0.0.0" can't be reached by others: give an address of this host"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"a/b"}"#, 400,
      #"Address: "a/b" is neither an IP address nor a host name"#),
    Refusal(
      catalogRegister, #"{"Node":"new","SkipNodeUpdate":true}"#, 404,
      #"node "new" is not registered: give its Address to register it"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Datacenter":"elsewhere"}"#, 500,
      #"No path to datacenter "elsewhere""#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Datacenter":5}"#, 400,
      #"Datacenter: 5 is not allowed: it must be a string"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","ID":5}"#, 400,
      #"ID: 5 is not allowed: it must be a string"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","SkipNodeUpdate":"x"}"#, 400,
      #"SkipNodeUpdate: "x" is not allowed: it must be true or false"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","TaggedAddresses":{"lan":"0.0.0.0"}}"#, 400,
      #"TaggedAddresses.lan: "0.0.0.0" can't be reached by others: give an address of this host"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","TaggedAddresses":{"lan":5}}"#, 400,
      #"TaggedAddresses.lan: 5 is not allowed: it must be a string"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","NodeMeta":{"a":1}}"#, 400,
      #"NodeMeta.a: 1 is not allowed: it must be a string"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","NodeMeta":["a"]}"#, 400,
      #"NodeMeta: ["a"] is not allowed: it must be an object"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Service":5}"#, 400,
      #"Service: 5 is not allowed: it must be an object"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Service":{}}"#, 400,
      #"Service.Service is missing or empty"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Service":{"Service":"s","Port":70000}}"#, 400,
      #"Service.Port: 70000 is not allowed: it must be a whole number from 0 to 65535"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Service":{"Service":"s","Tags":[1]}}"#, 400,
      #"Service.Tags[0]: 1 is not allowed: it must be a string"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Service":{"Service":"s","Meta":{"a":1}}}"#, 400,
      #"Service.Meta.a: 1 is not allowed: it must be a string"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Check":5}"#, 400,
      #"Check: 5 is not allowed: it must be an object"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Check":{"Status":"passing"}}"#, 400,
      #"Check.CheckID is missing or empty: a check needs a CheckID or a Name"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Check":{"Name":"c","Status":"fine"}}"#, 400,
      #"Check.Status: "fine" is not allowed: it must be passing, warning or critical"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Check":{"Name":"c","ServiceID":"nobody"}}"#, 404,
      #"check "c" names the service id "nobody", which is not registered on node "new""#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Check":{"Name":"c","ServiceID":5}}"#, 400,
      #"Check.ServiceID: 5 is not allowed: it must be a string"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Check":{"CheckID":"_node_maintenance"}}"#, 400,
      #"Check.CheckID: "_node_maintenance" is reserved for maintenance mode"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Checks":[{"CheckID":"c"},{"CheckID":"c"}]}"#, 400,
      #"CheckID: "c" is given twice"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Check":{"Name":"c","Definition":5}}"#, 400,
      #"Check.Definition: 5 is not allowed: it must be an object"#),
    Refusal(
      catalogRegister, #"{"Node":"new","Address":"10.0.0.9","Check":{"Name":"c","Definition":{"TTL":"x"}}}"#, 400,
      #"""
      Check.Definition.TTL: "x" is not allowed: it must be a duration such as "10s" or "1m30s", or a \#
      number of nanoseconds
      """#),
    Refusal(
      catalogRegister,
      #"""
      {"Node":"new","Address":"10.0.0.9","Check":{"Name":"c","Definition":{"TCP":"x","Interval":"1s"}}}
      """#, 400, #"Check.Definition.TCP: "x" is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080"#),
    Refusal(catalogDeregister, #"{}"#, 400, #"Node is missing or empty"#),
    Refusal(catalogDeregister, #"[]"#, 400, #"the body must be a JSON object"#),
    Refusal(catalogDeregister, 400, #"the body is not valid JSON: the text is empty; a JSON value is expected"#),
    Refusal(catalogDeregister, #"{"Node":""}"#, 400, #"Node is missing or empty"#),
    Refusal(catalogDeregister, #"{"Node":5}"#, 400, #"Node: 5 is not allowed: it must be a string"#),
    Refusal(catalogDeregister, #"{"Node":"n2","Datacenter":"elsewhere"}"#, 500, #"No path to datacenter "elsewhere""#),
    Refusal(
      catalogDeregister, #"{"Node":"n2","ServiceID":5}"#, 400, #"ServiceID: 5 is not allowed: it must be a string"#),
    Refusal(
      catalogDeregister, #"{"Node":"n2","CheckID":"{{c*257}}"}"#, 400,
      #"CheckID: "{{c*64}}…" has 257 bytes: at most 256 are allowed"#),
    Refusal(
      catalogDeregister, #"{"Node":"n2","ServiceID":"a\nb"}"#, 400,
      #"ServiceID: "a\nb" has a control character, which is not allowed"#),
  ]
}
