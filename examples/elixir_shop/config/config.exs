import Config

config :elixir_shop,
  port: 4000,
  demo_traffic: config_env() == :dev,
  payments_url: "http://localhost:4100/charges",
  prices_file: "priv/prices.csv"
