defmodule ElixirShop.DemoTraffic do
  @moduledoc "Visits the shop again and again, while it is developed."
  use Task, restart: :permanent

  def start_link(_options) do
    Task.start_link(__MODULE__, :visit, [])
  end

  def visit do
    Enum.each(["/", "/prices"], fn path -> Req.get("http://localhost:4000#{path}") end)
    Process.sleep(2_000)
    visit()
  end
end
