internal import MusterLoad

/// ThriftPy's C implementation, which codes the same struct in a Python of its own.
struct ThriftPyCodec {
  private let child: ChildProcess

  /// Starts one; nil where Python or ThriftPy is not installed.
  init?(ifInstalledFor bench: Bench, operations: Int) throws(LoadError) {
    guard let python = ProgramFolder.find("python3") else { return nil }
    child = try ChildProcess(
      [python, "-c", Self.program, String(operations)], processor: bench.loadProcessor,
      log: "\(bench.folder.path)/servers.log")
  }

  /// Structs a second; nil where ThriftPy is not installed.
  func rates() throws(LoadError) -> (encode: Double, decode: Double)? {
    let words = try child.line(with: "done").split(separator: " ")
    guard words.count == 3, let encode = Double(words[1]), let decode = Double(words[2]) else { return nil }
    return (encode, decode)
  }

  private static let program = """
    import sys, time
    try:
        import thriftpy2.parser
        from thriftpy2.protocol.cybin import TCyBinaryProtocol
        from thriftpy2.transport import TCyMemoryBuffer
    except ImportError:
        print("done", flush=True)
        sys.exit()
    import io
    source = io.StringIO(\"\"\"
    struct SamplePoint { 1: i32 x, 2: i32 y }
    struct Sample {
      1: i64 id, 2: string name, 3: bool active, 4: double score, 5: list<string> tags, 6: map<string, i64> counts,
      7: list<SamplePoint> path, 8: list<i32> numbers, 9: string text }
    \"\"\")
    module = thriftpy2.parser.load_fp(source, "sample_thrift")
    value = module.Sample(
        id=1 << 40, name="instance-0042", active=True, score=0.25, tags=[f"tag-number-{n}" for n in range(8)],
        counts={f"counter-{n}": n << 33 for n in range(8)}, path=[module.SamplePoint(n, -n) for n in range(16)],
        numbers=list(range(20)), text="0123456789" * 32)

    def encode():
        buffer = TCyMemoryBuffer()
        protocol = TCyBinaryProtocol(buffer)
        value.write(protocol)
        protocol.write_message_end()
        return buffer.getvalue()

    data = encode()

    def decode():
        found = module.Sample()
        found.read(TCyBinaryProtocol(TCyMemoryBuffer(data)))
        return found

    assert decode() == value
    rates = []
    for call in (encode, decode):
        start = time.perf_counter()
        for _ in range(int(sys.argv[1])):
            call()
        rates.append(int(sys.argv[1]) / (time.perf_counter() - start))
    print("done", *rates, flush=True)
    """
}
