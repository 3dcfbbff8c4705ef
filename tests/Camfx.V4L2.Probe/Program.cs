using Camfx.V4L2;

foreach (VideoNode node in VideoNodes.List())
    Console.WriteLine($"{node.Path} {node.Driver} \"{node.Card}\" {node.BusInfo} {node.Capabilities} {node.StableId}");
return 0;
