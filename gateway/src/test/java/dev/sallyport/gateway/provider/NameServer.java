package dev.sallyport.gateway.provider;

import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import reactor.netty.transport.NameResolverProvider;

/** A name server of which every name has the same address, for a second, or does not exist, or that says nothing. */
final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int A = 1;
    private static final int SECONDS = 1;
    private static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile Says says = Says.NO_SUCH_NAME;
    private volatile InetAddress address = InetAddress.getLoopbackAddress();

    private enum Says {
        ADDRESS,
        NO_SUCH_NAME,
        NOTHING
    }

    NameServer() throws IOException {
        new Thread(this::listen, "name-server").start();
    }

    /** From now on. */
    void has(InetAddress which) {
        address = which;
        says = Says.ADDRESS;
    }

    void knowsNoName() {
        says = Says.NO_SUCH_NAME;
    }

    void saysNothing() {
        says = Says.NOTHING;
    }

    /** Names are asked of this server alone. */
    NameResolverProvider resolver() {
        var here = new SingletonDnsServerAddressStreamProvider((InetSocketAddress) socket.getLocalSocketAddress());
        return NameResolverProvider.builder()
                .dnsAddressResolverGroupProvider(builder -> new DnsAddressResolverGroup(
                        builder.nameServerProvider(here).searchDomains(List.of())))
                .build();
    }

    private void listen() {
        byte[] bytes = new byte[512];
        while (!socket.isClosed()) {
            try {
                var question = new DatagramPacket(bytes, bytes.length);
                socket.receive(question);
                if (says != Says.NOTHING) {
                    byte[] answer = answer(bytes);
                    socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** RFC 1035, 4.1: a header, the question again, and at most one record, whose name points to that of the question. */
    private byte[] answer(byte[] asked) throws IOException {
        int end = HEADER;
        while (asked[end] != 0) {
            end += asked[end] + 1;
        }
        boolean hasAnswer = says == Says.ADDRESS && asked[end + 2] == A;
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(asked, 0, 2);
        out.writeShort(0x8180 | (says == Says.NO_SUCH_NAME ? NO_SUCH_NAME : 0));
        out.writeShort(1);
        out.writeShort(hasAnswer ? 1 : 0);
        out.writeInt(0);
        out.write(asked, HEADER, end + 5 - HEADER);
        if (hasAnswer) {
            out.writeShort(0xC000 | HEADER);
            out.writeShort(A);
            out.writeShort(1);
            out.writeInt(SECONDS);
            out.writeShort(4);
            out.write(address.getAddress());
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
