-- WirePlumber 0.4: the private session opens no real device.
for _, monitor in ipairs({ alsa_monitor, v4l2_monitor, libcamera_monitor }) do monitor.enabled = false end
