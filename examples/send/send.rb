# Sends an email: ruby send.rb ada@example.com
require "json"
require "net/http"
require "securerandom"

URL = URI("#{ENV.fetch("MAILLAYER_URL")}/api/v1/emails")
HEADERS = {
  "Authorization" => "Bearer #{ENV.fetch("MAILLAYER_API_KEY")}",
  "Content-Type" => "application/json",
  # The same key on every attempt: a request that is repeated makes no second email.
  "Idempotency-Key" => SecureRandom.uuid,
}.freeze

def send_email(email, attempts = 3)
  response = Net::HTTP.post(URL, JSON.generate(email), HEADERS)
  answer = JSON.parse(response.body)
  return answer if response.is_a?(Net::HTTPSuccess)

  code = response.code.to_i
  abort "#{answer["error"]}: #{answer["message"]}" if attempts == 1 || (code != 429 && code < 500)
  sleep (response["Retry-After"] || 1).to_i
  send_email(email, attempts - 1)
end

answer = send_email(
  from: "Corner Shop <hello@maillayer.test>",
  to: ARGV.fetch(0, "ada@example.com"),
  subject: "Your receipt",
  html: "<p>Thank you for your order.</p>",
  text: "Thank you for your order."
)
puts "#{answer["id"]} #{answer["status"]}"
