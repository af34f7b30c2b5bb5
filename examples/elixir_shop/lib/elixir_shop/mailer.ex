defmodule ElixirShop.Mailer do
  @moduledoc "Sends receipts, each in a supervised task: a slow or failing mail server keeps no customer waiting."

  require Logger

  def send_receipt(address, receipt) do
    Task.Supervisor.start_child(ElixirShop.MailTasks, fn -> deliver(address, receipt) end, restart: :transient)
  end

  defp deliver(address, receipt) do
    Req.post!("http://localhost:4200/mail", json: %{to: address, text: "Your receipt: #{receipt}"})
    Logger.info("sent receipt #{receipt}")
  end
end
