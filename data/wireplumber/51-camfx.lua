-- WirePlumber 0.4: a camfx camera is a PipeWire node already; its loopback device would list it a second time.
-- Only nodes of v4l2loopback called "camfx" or "camfx …" are hidden; OBS's and everybody else's stay.
local function loopback(operation, card)
  return {
    { "api.v4l2.cap.driver", "equals", "v4l2 loopback" },
    { "api.v4l2.cap.card", operation, card },
  }
end

table.insert(v4l2_monitor.rules, {
  matches = { loopback("equals", "camfx"), loopback("matches", "camfx *") },
  apply_properties = { ["node.disabled"] = true },
})
