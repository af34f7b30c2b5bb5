[
  inputs: ["{mix,.formatter}.exs", "{config,lib}/**/*.{ex,exs}"],
  import_deps: [:plug],
  line_length: 140
]
