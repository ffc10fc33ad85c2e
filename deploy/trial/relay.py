"""A way to another port that can be slow or closed."""
import asyncio
import threading


class Relay:
    """Hands connections on to a port of this machine. Answers take `delay` seconds longer; with `closed`, there are none."""

    def __init__(self, target):
        self.target = target
        self.delay = 0.0
        self.closed = False
        self.port = 0
        self._open = set()
        self._loop = asyncio.new_event_loop()
        listening = threading.Event()
        threading.Thread(target=self._run, args=(listening,), daemon=True).start()
        listening.wait()

    def close(self):
        """Resets what is connected, and everything that will be."""
        self.closed = True
        self._loop.call_soon_threadsafe(lambda: [writer.transport.abort() for writer in self._open])

    def open(self):
        self.closed = False

    def _run(self, listening):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._connected, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        listening.set()
        self._loop.run_forever()

    async def _connected(self, reader, writer):
        if self.closed:
            writer.transport.abort()
            return
        self._open.add(writer)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
            await asyncio.gather(self._copy(reader, far_writer, False), self._copy(far_reader, writer, True))
        except OSError:
            writer.transport.abort()
        finally:
            self._open.discard(writer)

    async def _copy(self, reader, writer, back):
        try:
            while data := await reader.read(65536):
                if back and self.delay:
                    await asyncio.sleep(self.delay)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
